package io.magpie.adapter.media;

import io.magpie.core.file.FileKind;
import java.nio.charset.StandardCharsets;

/// The formats that browsers show, told by how they begin. Everything else is looked at by nobody and only offered
/// for saving.
enum Format {
    JPEG(FileKind.IMAGE),
    PNG(FileKind.IMAGE),
    GIF(FileKind.IMAGE),
    WEBP(FileKind.IMAGE),
    MP4(FileKind.VIDEO),
    MATROSKA(FileKind.VIDEO),
    OGG(FileKind.AUDIO),
    WAVE(FileKind.AUDIO),
    MP3(FileKind.AUDIO),
    OTHER(FileKind.OTHER);

    private final FileKind kind;

    Format(FileKind kind) {
        this.kind = kind;
    }

    /// The kind it most often is.
    FileKind kind() {
        return kind;
    }

    /// @param head the first bytes
    static Format of(byte[] head) {
        if (at(head, 0, "\u00ff\u00d8\u00ff")) {
            return JPEG;
        }
        if (at(head, 0, "\u0089PNG\r\n\u001a\n")) {
            return PNG;
        }
        if (at(head, 0, "GIF87a") || at(head, 0, "GIF89a")) {
            return GIF;
        }
        if (at(head, 0, "RIFF") && at(head, 8, "WEBP")) {
            return WEBP;
        }
        return ofSound(head);
    }

    private static Format ofSound(byte[] head) {
        if (at(head, 4, "ftyp")) {
            // Pictures come in the same boxes; no browser but Safari shows those.
            return at(head, 8, "hei") || at(head, 8, "hev") || at(head, 8, "mif1") || at(head, 8, "avi") ? OTHER : MP4;
        }
        if (at(head, 0, "\u001aE\u00df\u00a3")) {
            return MATROSKA;
        }
        if (at(head, 0, "OggS")) {
            return OGG;
        }
        if (at(head, 0, "RIFF") && at(head, 8, "WAVE")) {
            return WAVE;
        }
        return at(head, 0, "ID3") || isMp3Frame(head) ? MP3 : OTHER;
    }

    /// Layer III with a bit rate and a sampling rate that exist.
    private static boolean isMp3Frame(byte[] head) {
        return head.length >= 4
                && (head[0] & 0xff) == 0xff
                && (head[1] & 0xe6) == 0xe2
                && (head[1] & 0x18) != 0x08
                && (head[2] & 0xf0) != 0xf0
                && (head[2] & 0xf0) != 0
                && (head[2] & 0x0c) != 0x0c;
    }

    private static boolean at(byte[] head, int from, String bytes) {
        byte[] wanted = bytes.getBytes(StandardCharsets.ISO_8859_1);
        if (head.length < from + wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (head[from + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}

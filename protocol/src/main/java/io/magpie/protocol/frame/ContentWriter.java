package io.magpie.protocol.frame;

import io.magpie.core.log.Content;
import io.magpie.core.log.Mentions;

/// Writes what a message carries.
final class ContentWriter {
    private ContentWriter() {}

    static void write(FrameWriter out, Content content) {
        out.open(Field.CONTENT);
        switch (content) {
            case Content.Text(String text) -> out.text(Field.KIND, "text").text(Field.TEXT, text);
            case Content.Image image -> image(out, image);
            case Content.Voice voice -> voice(out, voice);
            case Content.Video(long file, int width, int height, long durationMs, long cover) ->
                out.text(Field.KIND, "video")
                        .number(Field.FILE, file)
                        .number(Field.WIDTH, width)
                        .number(Field.HEIGHT, height)
                        .number(Field.DURATION_MS, durationMs)
                        .number(Field.COVER, cover);
            case Content.File(long file, String name, long size, String mime) ->
                out.text(Field.KIND, "file")
                        .number(Field.FILE, file)
                        .text(Field.NAME, name)
                        .number(Field.SIZE, size)
                        .text(Field.MIME, mime);
            case Content.Sticker(String pack, String name) ->
                out.text(Field.KIND, "sticker").text(Field.PACK, pack).text(Field.NAME, name);
            case Content.Location(double lat, double lon, var label) ->
                out.text(Field.KIND, "location")
                        .decimal(Field.LAT, lat)
                        .decimal(Field.LON, lon)
                        .textUnlessNull(Field.LABEL, label);
            case Content.Card(long user, long group) ->
                out.text(Field.KIND, "card").numberUnlessZero(Field.USER, user).numberUnlessZero(Field.GROUP, group);
            case Content.Custom(String schema, String dataJson) ->
                out.text(Field.KIND, "custom").text(Field.SCHEMA, schema).json(Field.DATA, dataJson);
        }
        out.close();
    }

    private static void image(FrameWriter out, Content.Image image) {
        out.text(Field.KIND, "image")
                .number(Field.FILE, image.file())
                .number(Field.WIDTH, image.width())
                .number(Field.HEIGHT, image.height())
                .numberUnlessZero(Field.THUMBNAIL, image.thumbnail())
                .textUnlessNull(Field.BLURHASH, image.blurhash());
    }

    private static void voice(FrameWriter out, Content.Voice voice) {
        out.text(Field.KIND, "voice").number(Field.FILE, voice.file()).number(Field.DURATION_MS, voice.durationMs());
        if (!voice.waveform().isEmpty()) {
            out.openList(Field.WAVEFORM);
            for (int loudness : voice.waveform()) {
                out.item(loudness);
            }
            out.closeList();
        }
        out.textUnlessNull(Field.TRANSCRIPT, voice.transcript());
    }

    static void mentions(FrameWriter out, Mentions mentions) {
        if (mentions.all()) {
            out.text(Field.MENTIONS, "all");
        } else if (!mentions.isEmpty()) {
            out.openList(Field.MENTIONS);
            for (long user : mentions.users()) {
                out.item(user);
            }
            out.closeList();
        }
    }
}

package io.magpie.protocol.socketio;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Content;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A message of the dialect that is no text: something at a URL that the page chose. It is kept as `custom` content,
/// whose data are the fields as the page sent them.
record FileMessage(
        int messageType,
        String content,
        @Nullable String fileUrl,
        long fileSize,
        @Nullable String fileName) {
    static final String SCHEMA = "socketio.message/1";

    static final int TEXT = 1;
    static final int IMAGE = 2;
    static final int VOICE = 3;
    static final int VIDEO = 4;
    static final int FILE = 5;
    /// Content the dialect has no number for; the event `magpie` has it whole.
    static final int OTHER = 0;

    private static final int MAX_TEXT = 8192;

    static FileMessage read(Arguments arguments, int type) {
        var content = arguments.textOrNull("content", MAX_TEXT);
        return new FileMessage(
                type,
                content == null ? "" : content,
                arguments.textOrNull("fileUrl", MAX_TEXT),
                arguments.numberOr(-1, "fileSize", 0, ConversationId.MAX_ID),
                arguments.textOrNull("fileName", 1024));
    }

    Content toContent() {
        var json = new Json().open();
        fields(json);
        var data = json.close().text();
        if (data.getBytes(StandardCharsets.UTF_8).length > MAX_TEXT) {
            throw Arguments.tooLarge("content, fileUrl and fileName: together too large", "at most 8192 bytes");
        }
        return new Content.Custom(SCHEMA, data);
    }

    void fields(Json out) {
        out.number("messageType", messageType).text("content", content);
        if (fileUrl != null) {
            out.text("fileUrl", fileUrl);
        }
        if (fileSize >= 0) {
            out.number("fileSize", fileSize);
        }
        if (fileName != null) {
            out.text("fileName", fileName);
        }
    }

    /// How the dialect shows content of any kind.
    static FileMessage of(Content content) {
        return switch (content) {
            case Content.Text(String text) -> new FileMessage(TEXT, text, null, -1, null);
            case Content.Image image -> uploaded(IMAGE, image.file(), -1, null);
            case Content.Voice voice -> uploaded(VOICE, voice.file(), -1, null);
            case Content.Video video -> uploaded(VIDEO, video.file(), -1, null);
            case Content.File file -> uploaded(FILE, file.file(), file.size(), file.name());
            case Content.Custom(String schema, String data) when schema.equals(SCHEMA) -> kept(data);
            case Content.Sticker _, Content.Location _, Content.Card _, Content.Custom _ -> other();
        };
    }

    private static FileMessage uploaded(int type, long file, long size, @Nullable String name) {
        return new FileMessage(type, "", "/api/v1/files/" + file, size, name);
    }

    private static FileMessage kept(String data) {
        try {
            var arguments = Arguments.of(data.getBytes(StandardCharsets.UTF_8));
            return read(arguments, (int) arguments.number("messageType", IMAGE, FILE));
        } catch (Arguments.Refused _) {
            // Somebody else uses our schema for something of their own.
            return other();
        }
    }

    private static FileMessage other() {
        return new FileMessage(OTHER, "", null, -1, null);
    }
}

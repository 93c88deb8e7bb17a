package io.magpie.protocol.frame;

import static io.magpie.protocol.frame.Limits.NUMBER;

import io.magpie.core.log.Content;
import io.magpie.core.log.Mentions;
import java.util.List;

/// Builds what a message carries.
final class ContentReader {
    private static final String KINDS = "text, image, voice, video, file, sticker, location, card, custom";

    private ContentReader() {}

    /// @throws Refused `unsupported` if the kind is unknown
    static Content read(Fields content) {
        String kind = content.text(Field.KIND, 0, Integer.MAX_VALUE);
        return switch (kind) {
            case "text" -> new Content.Text(content.text(Field.TEXT, 1, Limits.TEXT));
            case "image" -> image(content);
            case "voice" -> voice(content);
            case "video" ->
                new Content.Video(
                        id(content, Field.FILE),
                        pixels(content, Field.WIDTH),
                        pixels(content, Field.HEIGHT),
                        content.number(Field.DURATION_MS, 0, Limits.DURATION_MS),
                        id(content, Field.COVER));
            case "file" ->
                new Content.File(
                        id(content, Field.FILE),
                        name(content, Field.NAME),
                        content.number(Field.SIZE, 0, NUMBER),
                        content.text(Field.MIME, 1, Limits.MIME));
            case "sticker" -> new Content.Sticker(name(content, Field.PACK), name(content, Field.NAME));
            case "location" ->
                new Content.Location(
                        content.decimal(Field.LAT, -90, 90),
                        content.decimal(Field.LON, -180, 180),
                        content.textOrNull(Field.LABEL, 0, Limits.NAME));
            case "card" -> card(content);
            case "custom" ->
                new Content.Custom(
                        content.text(Field.SCHEMA, 1, Limits.SCHEMA), content.text(Field.DATA, 1, Limits.DATA));
            default -> throw Refused.unsupported("content.kind: " + Refused.quote(kind), "one of " + KINDS);
        };
    }

    private static Content image(Fields content) {
        return new Content.Image(
                id(content, Field.FILE),
                pixels(content, Field.WIDTH),
                pixels(content, Field.HEIGHT),
                content.numberOr(0, Field.THUMBNAIL, 1, NUMBER),
                content.textOrNull(Field.BLURHASH, 0, Limits.BLURHASH));
    }

    private static Content voice(Fields content) {
        List<Integer> waveform = content.numbers(Field.WAVEFORM, Limits.WAVEFORM, 0, 255).stream()
                .map(loudness -> Math.clamp(loudness, Integer.MIN_VALUE, Integer.MAX_VALUE))
                .toList();
        return new Content.Voice(
                id(content, Field.FILE),
                content.number(Field.DURATION_MS, 0, Limits.DURATION_MS),
                waveform,
                content.textOrNull(Field.TRANSCRIPT, 0, Limits.TEXT));
    }

    private static Content card(Fields content) {
        if (content.has(Field.USER) == content.has(Field.GROUP)) {
            throw Refused.malformed("content: card", "exactly one of user and group");
        }
        return new Content.Card(
                content.numberOr(0, Field.USER, 1, NUMBER), content.numberOr(0, Field.GROUP, 1, NUMBER));
    }

    /// Users of `mentions`; `"all"` or a list.
    static Mentions mentions(Fields fields) {
        if (!fields.has(Field.MENTIONS)) {
            return Mentions.NONE;
        }
        if ("all".equals(fields.get(Field.MENTIONS))) {
            return Mentions.ALL;
        }
        if (fields.get(Field.MENTIONS) instanceof String other) {
            throw fields.unexpected(Field.MENTIONS, other, "\"all\" or a list of user ids");
        }
        List<Long> users = fields.numbers(Field.MENTIONS, Limits.MENTIONS, 1, NUMBER);
        return users.isEmpty() ? Mentions.NONE : new Mentions(false, users);
    }

    private static long id(Fields content, Field field) {
        return content.number(field, 1, NUMBER);
    }

    private static int pixels(Fields content, Field field) {
        return content.integer(field, 1, Limits.PIXELS);
    }

    private static String name(Fields content, Field field) {
        return content.text(field, 1, Limits.NAME);
    }
}

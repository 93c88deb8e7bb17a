package io.magpie.core.search;

import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import org.jspecify.annotations.Nullable;

/// What of a message is searched.
public final class SearchText {
    private SearchText() {}

    /// Empty where there is nothing to find: another entry, a recalled message, a content without text.
    public static String of(Body body) {
        return body instanceof Body.Message message && message.content() != null ? of(message.content()) : "";
    }

    private static String of(Content content) {
        return switch (content) {
            case Content.Text text -> text.text();
            case Content.File file -> file.name();
            case Content.Voice voice -> orEmpty(voice.transcript());
            case Content.Location location -> orEmpty(location.label());
            case Content.Image _, Content.Video _, Content.Sticker _, Content.Card _, Content.Custom _ -> "";
        };
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}

package io.magpie.adapter.local;

import io.magpie.core.log.Content;
import io.magpie.core.message.Moderation;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Refuses texts that contain one of some words, whatever the case. An empty list allows everything. Knows only
/// what people typed: texts and labels, not what is in files.
public final class BlockedWords implements Moderation {
    private final @Nullable Pattern words;

    public BlockedWords(List<String> words) {
        this.words = words.isEmpty()
                ? null
                : Pattern.compile(
                        words.stream().map(Pattern::quote).collect(Collectors.joining("|")),
                        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    @Override
    public boolean allows(long user, Content content) {
        return words == null || !words.matcher(typed(content)).find();
    }

    private static String typed(Content content) {
        return switch (content) {
            case Content.Text text -> text.text();
            case Content.File file -> file.name();
            case Content.Location location -> location.label() == null ? "" : location.label();
            case Content.Voice voice -> voice.transcript() == null ? "" : voice.transcript();
            case Content.Custom custom -> custom.dataJson();
            case Content.Image _, Content.Video _, Content.Sticker _, Content.Card _ -> "";
        };
    }
}

package io.magpie.adapter.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.log.Content;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockedWordsTest {
    private final BlockedWords words = new BlockedWords(List.of("buy now", "坏话", "a.b"));

    @Test
    void aTextWithABlockedWordIsRefusedWhateverTheCase() {
        assertThat(words.allows(1, new Content.Text("please BUY Now!"))).isFalse();
        assertThat(words.allows(1, new Content.Text("你说坏话"))).isFalse();
        assertThat(words.allows(1, new Content.File(1, "buy now.pdf", 1, "application/pdf")))
                .isFalse();
    }

    @Test
    void wordsAreNoPatterns() {
        assertThat(words.allows(1, new Content.Text("axb"))).isTrue();
        assertThat(words.allows(1, new Content.Text("a.b"))).isFalse();
    }

    @Test
    void withoutWordsEverythingIsAllowed() {
        assertThat(new BlockedWords(List.of()).allows(1, new Content.Text(""))).isTrue();
    }
}

package io.magpie.core.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationIdTest {
    @ParameterizedTest
    @ValueSource(strings = {"d.1.2", "d.7.7", "g.1", "n.9007199254740991", "d.1.9007199254740991"})
    void theCanonicalSpellingIsReadAndWrittenBack(String text) {
        assertThat(ConversationId.parse(text))
                .hasValueSatisfying(id -> assertThat(id).hasToString(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "d",
                "d.",
                "d.1",
                "d.2.1",
                "d.1.2.3",
                "d.01.2",
                "d.1.",
                "d..2",
                "d.+1.2",
                "g.0",
                "g.-1",
                "g.1 ",
                "G.1",
                "x.1",
                "n.9007199254740992",
                "g.99999999999999999999",
                "d.1.2\n",
                "g.１"
            })
    void anyOtherSpellingIsNone(String text) {
        assertThat(ConversationId.parse(text)).isEmpty();
    }

    @Test
    void aDirectConversationNamesItsTwo() {
        var id = ConversationId.direct(9, 4);
        assertThat(id)
                .hasToString("d.4.9")
                .isEqualTo(ConversationId.parse("d.4.9").orElseThrow());
        assertThat(id.names(4)).isTrue();
        assertThat(id.names(9)).isTrue();
        assertThat(id.names(5)).isFalse();
        assertThat(id.users()).containsExactly(4L, 9L);
        assertThat(id.peerOf(4)).isEqualTo(9);
        assertThat(id.peerOf(9)).isEqualTo(4);
    }

    @Test
    void notesToSelfHaveOneselfAsPeer() {
        assertThat(ConversationId.direct(7, 7).peerOf(7)).isEqualTo(7);
        assertThat(ConversationId.direct(7, 7).users()).containsExactly(7L);
    }

    @Test
    void aGroupNamesNobody() {
        assertThat(ConversationId.group(7).names(7)).isFalse();
        assertThat(ConversationId.group(7).users()).isEmpty();
    }

    @Test
    void aFeedNamesItsOwner() {
        assertThat(ConversationId.notices(7).names(7)).isTrue();
        assertThat(ConversationId.notices(7).users()).containsExactly(7L);
    }
}

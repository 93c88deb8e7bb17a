package io.magpie.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.conversation.ConversationId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyncCursorTest {
    @Test
    void itsTextIsReadBack() {
        var cursor = new SyncCursor(1_700_000_000_000L, ConversationId.direct(1, 2));
        assertThat(SyncCursor.parse(cursor.text())).contains(cursor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "1", ":g.1", "x:g.1", "-1:g.1", "1:", "1:g.0", "99999999999999999:g.1"})
    void anythingElseIsNone(String text) {
        assertThat(SyncCursor.parse(text)).isEmpty();
    }
}

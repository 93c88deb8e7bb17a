package io.magpie.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.conversation.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordBodyCodecTest {
    @Test
    void keepsBodies() {
        var codec = new RecordBodyCodec();
        var bodies = List.of(
                new Body.Message(new Content.Voice(1, 2, List.of(3, 4), null), 5, Mentions.ALL),
                new Body.Message(new Content.Location(1.5, -2.5, "x"), 0, new Mentions(false, List.of(7L))),
                new Body.Edit(1, null),
                new Body.MembersChanged(Body.MemberChange.ROLE, List.of(1L), Role.ADMIN, 0),
                new Body.Reaction(1, "👍", true));
        assertThat(bodies)
                .allSatisfy(body -> assertThat(codec.decode(codec.encode(body))).isEqualTo(body));
    }
}

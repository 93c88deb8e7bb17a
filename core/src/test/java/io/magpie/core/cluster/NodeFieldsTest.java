package io.magpie.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NodeFieldsTest {
    private static final Node NODE = new Node("a", 7, Node.State.UP, "ws://h:1/ws?a=b", "", "http://h:1", 3);

    @Test
    void aNodeComesBackFromItsFieldsAndItsText() {
        assertThat(NodeFields.node(NodeFields.of(NODE))).contains(NODE);
        assertThat(NodeFields.node(NodeFields.text(NODE))).contains(NODE);
    }

    @Test
    void laterVersionsMayAddFields() {
        assertThat(NodeFields.node(NodeFields.text(NODE) + "colour=blue\n")).contains(NODE);
    }

    @Test
    void whatIsNoNodeIsLeftOut() {
        assertThat(NodeFields.node("")).isEmpty();
        assertThat(NodeFields.node("id=a\nincarnation=x\n")).isEmpty();
        assertThat(NodeFields.node(NodeFields.text(NODE).replace("UP", "ASLEEP")))
                .isEmpty();
    }

    @Test
    void ofTwoIncarnationsTheLaterIsListed() {
        var later = new Node("a", 8, Node.State.STARTING, "", "", "", 0);
        var other = new Node("A", 1, Node.State.UP, "", "", "", 0);
        assertThat(NodeFields.listed(List.of(later, NODE, other))).containsExactly(other, later);
    }
}

package io.magpie.protocol.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.magpie.core.cluster.Fact;
import io.magpie.core.cluster.Facts;
import io.magpie.core.cluster.Incarnation;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.device.Platform;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Entry;
import io.magpie.core.log.Mentions;
import io.magpie.protocol.cluster.v1.ClusterRecords;
import io.magpie.protocol.json.JsonBodyCodec;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProtobufRecordCodecTest {
    private static final Incarnation ME = Incarnation.starting("node-1", 1_700_000_000_000L, 77);
    private static final ConversationId GROUP = ConversationId.group(7);
    private static final Entry ENTRY = new Entry(
            GROUP, 9, 3, 1_700_000_000_001L, "c-1", new Body.Message(new Content.Text("räksmörgås"), 4, Mentions.NONE));
    private static final Entry BY_THE_SERVER =
            new Entry(GROUP, 10, 0, 5, null, new Body.MembersChanged(Body.MemberChange.JOINED, List.of(1L, 2L)));

    /// One of every kind.
    private static final Facts ALL = new Facts(
            ME,
            List.of(
                    new Fact.Committed(ENTRY, true),
                    new Fact.Committed(BY_THE_SERVER, false),
                    new Fact.Moved(Fact.Cursor.READ, GROUP, 3, 8),
                    new Fact.Moved(Fact.Cursor.DELIVERED, GROUP, 3, 8),
                    new Fact.Moved(Fact.Cursor.LISTENED, GROUP, 3, 8),
                    new Fact.Typing(GROUP, 3, true),
                    new Fact.Acknowledged(GROUP, 8, List.of(3L, 4L)),
                    new Fact.Ended(3, Set.of(4L, 5L), Fact.Ending.REPLACED),
                    new Fact.Ended(3, Set.of(4L), Fact.Ending.LOGGED_OUT),
                    new Fact.Ended(3, Set.of(4L), Fact.Ending.KICKED),
                    new Fact.Replaced(3, "phone", 12),
                    new Fact.Leases(
                            5,
                            List.of(
                                    new Fact.Lease(3, List.of(Platform.WEB, Platform.BOT), 5, 0),
                                    new Fact.Lease(4, List.of(), 6, 99))),
                    new Fact.Watched(6, List.of(3L, 4L)),
                    new Fact.Suspect(List.of(GROUP, ConversationId.direct(1, 2))),
                    new Fact.AllSuspect(),
                    new Fact.Drain()));

    private final ProtobufRecordCodec codec = new ProtobufRecordCodec(new JsonBodyCodec());

    @Test
    void everyFactComesBackAsItWent() {
        assertThat(codec.decode(codec.encode(ALL))).isEqualTo(ALL);
        assertThat(ALL.facts().stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(Fact.class.getPermittedSubclasses());
    }

    @Test
    void incarnationsAreOrderedByTheirStartAndFitIntoANumberOfJson() {
        long later = Incarnation.starting("node-1", 1_700_000_000_001L, 0).number();
        assertThat(later).isGreaterThan(ME.number());
        assertThat(Incarnation.starting("n", 2_000_000_000_000L, -1).number()).isLessThan(1L << 53);
    }

    @Test
    void whatALaterVersionAddsIsLeftOut() throws Exception {
        var later = UnknownFieldSet.newBuilder()
                .mergeField(
                        900,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFromUtf8("new"))
                                .build())
                .build();
        var record = ClusterRecords.Record.parseFrom(codec.encode(ALL)).toBuilder()
                .setUnknownFields(later)
                .addFacts(ClusterRecords.Fact.newBuilder().setUnknownFields(later))
                .addFacts(ClusterRecords.Fact.newBuilder()
                        .setMoved(ClusterRecords.Moved.newBuilder()
                                .setCursorValue(77)
                                .setConversation("g.7")))
                .addFacts(ClusterRecords.Fact.newBuilder()
                        .setTyping(ClusterRecords.Typing.newBuilder().setConversation("z.7")))
                .build();
        assertThat(codec.decode(record.toByteArray())).isEqualTo(ALL);
    }

    @Test
    void anEntryWithABodyOfALaterVersionMakesItsConversationSuspect() {
        var record = ClusterRecords.Record.newBuilder()
                .setNode("node-2")
                .addFacts(ClusterRecords.Fact.newBuilder()
                        .setCommitted(ClusterRecords.Committed.newBuilder()
                                .setConversation("g.7")
                                .setSeq(3)
                                .setBody(ByteString.copyFromUtf8("{\"kind\":\"dance\"}"))))
                .build();
        assertThat(codec.decode(record.toByteArray()).facts()).containsExactly(new Fact.Suspect(List.of(GROUP)));
    }

    @Test
    void bytesThatAreNoRecordAreRefusedInOneWay() {
        byte[] good = codec.encode(ALL);
        var random = new Random(5);
        for (int i = 0; i < 2_000; i++) {
            byte[] bad = Arrays.copyOf(good, 1 + random.nextInt(good.length));
            bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            try {
                assertThat(codec.decode(bad).from().node()).isNotEmpty();
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageStartingWith("record: ");
            }
        }
        assertThatThrownBy(() -> codec.decode(new byte[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without a node");
    }
}

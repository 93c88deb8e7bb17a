package io.magpie.protocol.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.cluster.Fact;
import io.magpie.core.cluster.Facts;
import io.magpie.core.cluster.Incarnation;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.JoinPolicy;
import io.magpie.core.conversation.Role;
import io.magpie.core.device.Platform;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Entry;
import io.magpie.core.log.Mentions;
import io.magpie.protocol.json.JsonBodyCodec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What an earlier build wrote, kept to the byte: records on the bus and bodies in the store. Every later build
/// reads it as it was meant, or two builds could not serve side by side. Kinds that are added get lines of their
/// own; lines that are here are never changed.
class EarlierBuildsTest {
    private static final Incarnation FROM = new Incarnation("node-1", 7_000_000_000_077L);
    private static final ConversationId GROUP = ConversationId.group(7);
    private static final Content TEXT = new Content.Text("räksmörgås 🎉");

    /// In the order of `bodies-1.txt`.
    static final List<Body> BODIES = List.of(
            new Body.Message(TEXT, 4, new Mentions(false, List.of(3L, 5L))),
            new Body.Message(TEXT, 0, Mentions.ALL),
            new Body.Message(TEXT, 0, Mentions.NONE, 9, 0),
            new Body.Message(null, 0, Mentions.NONE, 0, 10),
            message(new Content.Image(11, 640, 480, 12, "LEHV6nWB2yk8pyo0adR*.7kCMdnj")),
            message(new Content.Voice(13, 2_500, List.of(0, 128, 255), "spoken")),
            message(new Content.Video(14, 1920, 1080, 60_000, 15)),
            message(new Content.File(16, "plan.pdf", 12_345, "application/pdf")),
            message(new Content.Sticker("cats", "hello")),
            message(new Content.Location(52.5, -13.25, "here")),
            message(new Content.Card(3, 0)),
            message(new Content.Card(0, 7)),
            message(new Content.Custom("poll", "{\"options\":[1,2.5,null]}")),
            new Body.Recall(9),
            new Body.Edit(9, new Content.Text("better")),
            new Body.Edit(9, null),
            new Body.Reaction(9, "👍", true),
            new Body.Reaction(9, "👍", false),
            new Body.MembersChanged(Body.MemberChange.JOINED, List.of(1L, 2L)),
            new Body.MembersChanged(Body.MemberChange.LEFT, List.of(1L)),
            new Body.MembersChanged(Body.MemberChange.REMOVED, List.of(2L)),
            new Body.MembersChanged(Body.MemberChange.ROLE, List.of(2L), Role.ADMIN, 0),
            new Body.MembersChanged(Body.MemberChange.MUTED, List.of(2L), null, 1_700_000_000_000L),
            new Body.MembersChanged(Body.MemberChange.UNMUTED, List.of(2L)),
            new Body.MembersChanged(Body.MemberChange.NICKNAME, List.of(2L), null, 0, "Nick"),
            group(Body.GroupChange.CREATED, "Club", 3L),
            group(Body.GroupChange.RENAMED, "Clubs", null),
            new Body.GroupChanged(Body.GroupChange.AVATAR, null, "a.png", null, null, null, null, null),
            new Body.GroupChanged(Body.GroupChange.ANNOUNCEMENT, null, null, "Hear!", null, null, null, null),
            new Body.GroupChanged(Body.GroupChange.SETTINGS, null, null, null, JoinPolicy.OPEN, true, 5L, null),
            group(Body.GroupChange.OWNER, null, 4L),
            group(Body.GroupChange.DISSOLVED, null, null),
            new Body.Notice(Body.NoticeEvent.FRIEND_REQUEST, 3, 0, 21, "Hi"),
            new Body.Notice(Body.NoticeEvent.FRIEND_ACCEPTED, 3, 0, 21, null),
            new Body.Notice(Body.NoticeEvent.FRIEND_DECLINED, 3, 0, 21, null),
            new Body.Notice(Body.NoticeEvent.FRIEND_REMOVED, 3, 0, 0, null),
            new Body.Notice(Body.NoticeEvent.INVITED, 3, 7, 0, null),
            new Body.Notice(Body.NoticeEvent.REMOVED, 3, 7, 0, null),
            new Body.Notice(Body.NoticeEvent.DISSOLVED, 3, 7, 0, null),
            new Body.Notice(Body.NoticeEvent.JOIN_REQUEST, 3, 7, 22, "Let me in"),
            new Body.Notice(Body.NoticeEvent.JOIN_ACCEPTED, 3, 7, 22, null),
            new Body.Notice(Body.NoticeEvent.JOIN_DECLINED, 3, 7, 22, null));

    /// In the order of `records-1.txt`, each in a record of its own.
    static final List<Fact> FACTS = List.of(
            new Fact.Committed(new Entry(GROUP, 9, 3, 1_700_000_000_001L, "c-1", BODIES.getFirst()), true),
            new Fact.Committed(new Entry(GROUP, 10, 0, 5, null, BODIES.get(18)), false),
            new Fact.Moved(Fact.Cursor.READ, GROUP, 3, 8),
            new Fact.Moved(Fact.Cursor.DELIVERED, ConversationId.direct(3, 4), 3, 8),
            new Fact.Moved(Fact.Cursor.LISTENED, GROUP, 3, 8),
            new Fact.Typing(GROUP, 3, true),
            new Fact.Typing(GROUP, 3, false),
            new Fact.Acknowledged(GROUP, 8, List.of(3L, 4L)),
            new Fact.Ended(3, Set.of(4L, 5L), Fact.Ending.REPLACED),
            new Fact.Ended(3, Set.of(4L), Fact.Ending.LOGGED_OUT),
            new Fact.Ended(3, Set.of(4L), Fact.Ending.KICKED),
            new Fact.Replaced(3, "phone", 12),
            new Fact.Leases(
                    5,
                    List.of(new Fact.Lease(3, List.of(Platform.values()), 5, 0), new Fact.Lease(4, List.of(), 6, 99))),
            new Fact.Watched(6, List.of(3L, 4L)),
            new Fact.Suspect(List.of(GROUP, ConversationId.direct(1, 2))),
            new Fact.AllSuspect(),
            new Fact.Drain());

    private static Body message(Content content) {
        return new Body.Message(content, 0, Mentions.NONE);
    }

    private static Body group(Body.GroupChange change, @Nullable String name, @Nullable Long owner) {
        boolean created = change == Body.GroupChange.CREATED;
        return new Body.GroupChanged(
                change,
                name,
                null,
                null,
                created ? JoinPolicy.APPROVAL : null,
                created ? Boolean.FALSE : null,
                null,
                owner);
    }

    @Test
    void recordsOfEarlierBuildsAreRead() throws IOException {
        var codec = new ProtobufRecordCodec(new JsonBodyCodec());
        assertThat(lines("records-1.txt")
                        .map(line -> codec.decode(Base64.getDecoder().decode(line))))
                .containsExactlyElementsOf(FACTS.stream()
                        .map(fact -> new Facts(FROM, List.of(fact)))
                        .toList());
    }

    @Test
    void bodiesStoredByEarlierBuildsAreRead() throws IOException {
        var codec = new JsonBodyCodec();
        assertThat(lines("bodies-1.txt").map(line -> codec.decode(line.getBytes(StandardCharsets.UTF_8))))
                .containsExactlyElementsOf(BODIES);
    }

    /// One of every kind there is; whoever adds a kind adds it here and its bytes to a new file.
    @Test
    void everyKindIsKept() {
        assertThat(FACTS.stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(Fact.class.getPermittedSubclasses());
        assertThat(BODIES.stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(Body.class.getPermittedSubclasses());
        assertThat(BODIES.stream()
                        .flatMap(body -> body instanceof Body.Message message
                                ? Stream.ofNullable(message.content())
                                : Stream.empty())
                        .map(Object::getClass)
                        .distinct())
                .containsExactlyInAnyOrder(Content.class.getPermittedSubclasses());
    }

    private static Stream<String> lines(String file) throws IOException {
        try (InputStream in = Objects.requireNonNull(EarlierBuildsTest.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
        }
    }
}

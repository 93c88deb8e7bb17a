package io.magpie.protocol.cluster;

import com.google.protobuf.ByteString;
import io.magpie.core.cluster.Fact;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.Entry;
import io.magpie.protocol.cluster.v1.ClusterRecords;
import java.util.List;
import java.util.Locale;

/// From facts to `cluster.proto`. Thread-safe.
final class FactWriter {
    private final BodyCodec bodies;

    FactWriter(BodyCodec bodies) {
        this.bodies = bodies;
    }

    ClusterRecords.Fact write(Fact fact) {
        var out = ClusterRecords.Fact.newBuilder();
        switch (fact) {
            case Fact.Committed(Entry entry, boolean urgent) -> out.setCommitted(committed(entry, urgent));
            case Fact.Moved moved ->
                out.setMoved(ClusterRecords.Moved.newBuilder()
                        .setCursor(cursor(moved.cursor()))
                        .setConversation(moved.conversation().toString())
                        .setUser(moved.user())
                        .setSeq(moved.seq()));
            case Fact.Typing typing ->
                out.setTyping(ClusterRecords.Typing.newBuilder()
                        .setConversation(typing.conversation().toString())
                        .setUser(typing.user())
                        .setActive(typing.active()));
            case Fact.Acknowledged acknowledged ->
                out.setAcknowledged(ClusterRecords.Acknowledged.newBuilder()
                        .setConversation(acknowledged.conversation().toString())
                        .setSeq(acknowledged.seq())
                        .addAllUsers(acknowledged.users()));
            case Fact.Ended ended ->
                out.setEnded(ClusterRecords.Ended.newBuilder()
                        .setUser(ended.user())
                        .addAllLogins(ended.logins())
                        .setWhy(ending(ended.why())));
            case Fact.Replaced replaced ->
                out.setReplaced(ClusterRecords.Replaced.newBuilder()
                        .setUser(replaced.user())
                        .setDevice(replaced.device())
                        .setSince(replaced.since()));
            case Fact.Leases(long question, List<Fact.Lease> leases) ->
                out.setLeases(ClusterRecords.Leases.newBuilder()
                        .setQuestion(question)
                        .addAllLeases(leases.stream().map(FactWriter::lease).toList()));
            case Fact.Watched(long question, List<Long> users) ->
                out.setWatched(ClusterRecords.Watched.newBuilder()
                        .setQuestion(question)
                        .addAllUsers(users));
            case Fact.Suspect suspect ->
                out.setSuspect(ClusterRecords.Suspect.newBuilder()
                        .addAllConversations(suspect.conversations().stream()
                                .map(Object::toString)
                                .toList()));
            case Fact.AllSuspect() -> out.setAllSuspect(ClusterRecords.AllSuspect.getDefaultInstance());
            case Fact.Drain() -> out.setDrain(ClusterRecords.Drain.getDefaultInstance());
        }
        return out.build();
    }

    private ClusterRecords.Committed committed(Entry entry, boolean urgent) {
        var out = ClusterRecords.Committed.newBuilder()
                .setConversation(entry.conversation().toString())
                .setSeq(entry.seq())
                .setSender(entry.sender())
                .setSentAt(entry.sentAt())
                .setBody(ByteString.copyFrom(bodies.encode(entry.body())))
                .setUrgent(urgent);
        if (entry.clientId() != null) {
            out.setClientId(entry.clientId());
        }
        return out.build();
    }

    private static ClusterRecords.Lease lease(Fact.Lease lease) {
        return ClusterRecords.Lease.newBuilder()
                .setUser(lease.user())
                .addAllPlatforms(lease.platforms().stream()
                        .map(platform -> platform.name().toLowerCase(Locale.ROOT))
                        .toList())
                .setVersion(lease.version())
                .setSeenAt(lease.seenAt())
                .build();
    }

    private static ClusterRecords.Cursor cursor(Fact.Cursor cursor) {
        return switch (cursor) {
            case READ -> ClusterRecords.Cursor.CURSOR_READ;
            case DELIVERED -> ClusterRecords.Cursor.CURSOR_DELIVERED;
            case LISTENED -> ClusterRecords.Cursor.CURSOR_LISTENED;
        };
    }

    private static ClusterRecords.Ending ending(Fact.Ending ending) {
        return switch (ending) {
            case LOGGED_OUT -> ClusterRecords.Ending.ENDING_LOGGED_OUT;
            case REPLACED -> ClusterRecords.Ending.ENDING_REPLACED;
            case KICKED -> ClusterRecords.Ending.ENDING_KICKED;
        };
    }
}

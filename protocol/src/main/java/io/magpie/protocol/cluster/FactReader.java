package io.magpie.protocol.cluster;

import io.magpie.core.cluster.Fact;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.device.Platform;
import io.magpie.core.log.Body;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.Entry;
import io.magpie.protocol.cluster.v1.ClusterRecords;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// From `cluster.proto` to facts. What a later version says and this one does not know is empty. Thread-safe.
final class FactReader {
    private final BodyCodec bodies;

    FactReader(BodyCodec bodies) {
        this.bodies = bodies;
    }

    Optional<Fact> read(ClusterRecords.Fact in) {
        return switch (in.getKindCase()) {
            case COMMITTED -> committed(in.getCommitted());
            case MOVED -> moved(in.getMoved());
            case TYPING ->
                in(
                        in.getTyping().getConversation(),
                        c -> new Fact.Typing(
                                c, in.getTyping().getUser(), in.getTyping().getActive()));
            case ACKNOWLEDGED ->
                in(
                        in.getAcknowledged().getConversation(),
                        c -> new Fact.Acknowledged(
                                c,
                                in.getAcknowledged().getSeq(),
                                in.getAcknowledged().getUsersList()));
            case ENDED -> ended(in.getEnded());
            case REPLACED -> {
                var replaced = in.getReplaced();
                yield Optional.of(new Fact.Replaced(replaced.getUser(), replaced.getDevice(), replaced.getSince()));
            }
            case LEASES ->
                Optional.of(new Fact.Leases(
                        in.getLeases().getQuestion(),
                        in.getLeases().getLeasesList().stream()
                                .map(FactReader::lease)
                                .toList()));
            case WATCHED ->
                Optional.of(new Fact.Watched(
                        in.getWatched().getQuestion(), in.getWatched().getUsersList()));
            case SUSPECT ->
                Optional.of(new Fact.Suspect(in.getSuspect().getConversationsList().stream()
                        .map(ConversationId::parse)
                        .flatMap(Optional::stream)
                        .toList()));
            case ALL_SUSPECT -> Optional.of(new Fact.AllSuspect());
            case DRAIN -> Optional.of(new Fact.Drain());
            case KIND_NOT_SET -> Optional.empty();
        };
    }

    /// An entry whose body is of a later version cannot be shown by this one: the reconciler meets it in the
    /// log.
    private Optional<Fact> committed(ClusterRecords.Committed in) {
        return in(in.getConversation(), conversation -> {
                    try {
                        Body body = bodies.decode(in.getBody().toByteArray());
                        var clientId = in.hasClientId() ? in.getClientId() : null;
                        return Optional.<Fact>of(new Fact.Committed(
                                new Entry(conversation, in.getSeq(), in.getSender(), in.getSentAt(), clientId, body),
                                in.getUrgent()));
                    } catch (IllegalArgumentException _) {
                        return Optional.<Fact>of(new Fact.Suspect(List.of(conversation)));
                    }
                })
                .flatMap(Function.identity());
    }

    private static Optional<Fact> moved(ClusterRecords.Moved in) {
        var cursor = switch (in.getCursor()) {
            case CURSOR_READ -> Optional.of(Fact.Cursor.READ);
            case CURSOR_DELIVERED -> Optional.of(Fact.Cursor.DELIVERED);
            case CURSOR_LISTENED -> Optional.of(Fact.Cursor.LISTENED);
            case CURSOR_UNSPECIFIED, UNRECOGNIZED -> Optional.<Fact.Cursor>empty();
        };
        return cursor.flatMap(
                known -> in(in.getConversation(), c -> new Fact.Moved(known, c, in.getUser(), in.getSeq())));
    }

    /// A login that is over is over, whatever the reason is called.
    private static Optional<Fact> ended(ClusterRecords.Ended in) {
        var why = switch (in.getWhy()) {
            case ENDING_REPLACED -> Fact.Ending.REPLACED;
            case ENDING_KICKED -> Fact.Ending.KICKED;
            case ENDING_LOGGED_OUT, ENDING_UNSPECIFIED, UNRECOGNIZED -> Fact.Ending.LOGGED_OUT;
        };
        return Optional.of(new Fact.Ended(in.getUser(), Set.copyOf(in.getLoginsList()), why));
    }

    private static Fact.Lease lease(ClusterRecords.Lease in) {
        var platforms = Arrays.stream(Platform.values())
                .filter(platform ->
                        in.getPlatformsList().stream().anyMatch(name -> name.equalsIgnoreCase(platform.name())))
                .toList();
        return new Fact.Lease(in.getUser(), platforms, in.getVersion(), in.getSeenAt());
    }

    private static <T> Optional<T> in(String conversation, Function<ConversationId, T> fact) {
        return ConversationId.parse(conversation).map(fact);
    }
}

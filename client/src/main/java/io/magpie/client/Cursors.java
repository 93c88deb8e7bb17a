package io.magpie.client;

import io.magpie.client.copy.LocalCopy;
import io.magpie.core.command.Command;
import io.magpie.core.command.Reply;
import io.magpie.core.command.Request;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.outcome.ErrorCode;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/// Tells the server how far this device holds and the user has read each conversation. `received` is gathered
/// for a moment and told without an answer; what the last connection told is told again, since nobody knows
/// what of it arrived. `read` is repeated until answered, also by a later process. On the lane.
final class Cursors {
    private static final Duration GATHER = Duration.ofMillis(200);
    private static final int REMEMBERED = 1000;
    private static final String READ_ID = "read ";

    private final Lane lane;
    private final Uplink uplink;
    private final LocalCopy copy;
    private final ObjIntConsumer<ConversationId> unread;
    private final Map<ConversationId, Long> received = new HashMap<>();
    private final Map<ConversationId, Long> told = new LinkedHashMap<>();
    private final Map<ConversationId, Long> read = new LinkedHashMap<>();
    private boolean armed;

    /// @param unread the server's count after a `read`
    Cursors(Lane lane, Uplink uplink, LocalCopy copy, ObjIntConsumer<ConversationId> unread) {
        this.lane = lane;
        this.uplink = uplink;
        this.copy = copy;
        this.unread = unread;
    }

    void load() {
        for (Request request : copy.queue()) {
            if (request.command() instanceof Command.Read(ConversationId conversation, long seq)) {
                read.merge(conversation, seq, Math::max);
            }
        }
    }

    void clear() {
        received.clear();
        told.clear();
        List.copyOf(read.keySet()).forEach(conversation -> copy.answered(READ_ID + conversation));
        read.clear();
    }

    void received(ConversationId conversation, long seq) {
        received.merge(conversation, seq, Math::max);
        if (!armed && uplink.online()) {
            armed = true;
            lane.after(GATHER, this::tell);
        }
    }

    private void tell() {
        armed = false;
        if (!uplink.online()) {
            return;
        }
        received.forEach((conversation, seq) -> uplink.tell(new Command.Received(conversation, seq)));
        told.putAll(received);
        received.clear();
        if (told.size() > REMEMBERED) {
            told.clear();
        }
    }

    void read(ConversationId conversation, long seq) {
        Long before = read.get(conversation);
        if (before != null && before >= seq) {
            return;
        }
        read.put(conversation, seq);
        copy.queued(new Request(READ_ID + conversation, new Command.Read(conversation, seq)));
        ask(conversation, seq);
    }

    private void ask(ConversationId conversation, long seq) {
        var _ = uplink.request(new Command.Read(conversation, seq)).whenComplete((reply, error) -> {
            if (reply == null && !isFinal(error)) {
                return;
            }
            if (read.remove(conversation, (Long) seq)) {
                copy.answered(READ_ID + conversation);
                count(conversation, reply);
            }
        });
    }

    /// Otherwise the next connection asks again.
    private static boolean isFinal(@Nullable Throwable error) {
        return error instanceof ClientException.Refused refused
                && refused.rejection().code() != ErrorCode.UNAVAILABLE
                && refused.rejection().code() != ErrorCode.RATE_LIMITED;
    }

    private void count(ConversationId conversation, @Nullable Reply reply) {
        if (reply instanceof Reply.Unread(int count)) {
            unread.accept(conversation, count);
        }
    }

    void connected() {
        told.forEach((conversation, seq) -> received.merge(conversation, seq, Math::max));
        told.clear();
        if (!received.isEmpty()) {
            armed = true;
            lane.after(GATHER, this::tell);
        }
        Map.copyOf(read).forEach(this::ask);
    }
}

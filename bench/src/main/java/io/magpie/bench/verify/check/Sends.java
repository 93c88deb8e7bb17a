package io.magpie.bench.verify.check;

import io.magpie.bench.verify.history.Line;
import io.magpie.bench.verify.history.What;
import io.magpie.core.command.Command;
import io.magpie.core.command.Reply;
import io.magpie.core.conversation.ConversationId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All messages that devices tried to send, each with all tries and answers.
final class Sends {
    private final Map<Key, Sending> sendings = new LinkedHashMap<>();

    record Key(long user, ConversationId conversation, String clientId) {}

    /// @param reply its seq and whether it was told to be a repeat
    record Ack(Line.Seen line, Reply.Sent reply) {}

    /// One message.
    static final class Sending {
        private final Key key;
        private final Command.Send send;
        private final List<Line> lines = new ArrayList<>();
        private final List<Ack> acks = new ArrayList<>();
        private long firstAsked = Long.MAX_VALUE;

        Sending(Key key, Command.Send send) {
            this.key = key;
            this.send = send;
        }

        Key key() {
            return key;
        }

        Command.Send send() {
            return send;
        }

        /// Tries and answers.
        List<Line> lines() {
            return lines;
        }

        List<Ack> acks() {
            return acks;
        }

        long firstAsked() {
            return firstAsked;
        }
    }

    void add(Line.Seen line) {
        switch (line.what()) {
            case What.Asked asked
            when asked.command() instanceof Command.Send send -> {
                Sending sending = sending(line, send);
                sending.lines.add(line);
                sending.firstAsked = Math.min(sending.firstAsked, line.at());
            }
            case What.Answered answered
            when answered.command() instanceof Command.Send send -> {
                Sending sending = sending(line, send);
                sending.lines.add(line);
                if (answered.reply() instanceof Reply.Sent sent) {
                    sending.acks.add(new Ack(line, sent));
                }
            }
            case What.Unanswered unanswered
            when unanswered.command() instanceof Command.Send send ->
                sending(line, send).lines.add(line);
            default -> {}
        }
    }

    private Sending sending(Line.Seen line, Command.Send send) {
        var key = new Key(line.where().user(), send.conversation(), send.clientId());
        return sendings.computeIfAbsent(key, _ -> new Sending(key, send));
    }

    List<Sending> all() {
        return List.copyOf(sendings.values());
    }

    @Nullable
    Sending find(long user, ConversationId conversation, String clientId) {
        return sendings.get(new Key(user, conversation, clientId));
    }
}

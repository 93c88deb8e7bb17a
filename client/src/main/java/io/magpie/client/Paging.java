package io.magpie.client;

import io.magpie.client.copy.LocalCopy;
import io.magpie.core.command.Command;
import io.magpie.core.command.Reply;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Looks back: from the copy as far as it goes, the rest from the server. What is fetched this way is not
/// kept. On the lane.
final class Paging {
    private final Uplink uplink;
    private final LocalCopy copy;

    Paging(Uplink uplink, LocalCopy copy) {
        this.uplink = uplink;
        this.copy = copy;
    }

    CompletableFuture<Page> before(ConversationId conversation, long seq, int limit) {
        LocalCopy.Span held = copy.held(conversation);
        boolean within = held.known() && seq > held.low() && seq <= held.high() + 1;
        List<Entry> near = within ? copy.before(conversation, seq, limit) : List.of();
        long from = near.isEmpty() ? seq : near.getFirst().seq();
        int missing = limit - near.size();
        if (missing == 0 || from <= 1) {
            return CompletableFuture.completedFuture(new Page(near, from > 1, true));
        }
        if (!uplink.online()) {
            return CompletableFuture.completedFuture(new Page(near, true, false));
        }
        Command.Range range = new Command.Range.Before(from);
        return uplink.request(new Command.History(conversation, range, missing))
                .handle((reply, error) -> switch (reply) {
                    case Reply.Entries(var _, List<Entry> older, boolean more) -> {
                        List<Entry> all = new ArrayList<>(older);
                        all.addAll(near);
                        yield new Page(all, more, true);
                    }
                    case null, default -> new Page(near, error instanceof ClientException.Disconnected, false);
                });
    }
}

package io.magpie.bench.verify.check;

import io.magpie.bench.verify.history.Line;
import io.magpie.bench.verify.history.What;
import io.magpie.core.command.Command;
import io.magpie.core.command.ConversationItem;
import io.magpie.core.command.Reply;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Entry;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// What users see when all is over: the lists of devices that came with nothing, and the logs they fetched.
final class FinalView {
    private final Map<ConversationId, NavigableMap<Long, Entry>> logs = new HashMap<>();
    private final Map<Long, Map<ConversationId, Item>> items = new HashMap<>();

    /// @param line where the list was answered
    record Item(ConversationItem item, Line.Seen line) {}

    void add(Line.Seen line) {
        if (!(line.what() instanceof What.Answered answered)) {
            return;
        }
        switch (answered.reply()) {
            case Reply.Entries entries ->
                entries.entries()
                        .forEach(entry -> logs.computeIfAbsent(entry.conversation(), _ -> new TreeMap<>())
                                .putIfAbsent(entry.seq(), entry));
            case Reply.Conversations list
            when answered.command() instanceof Command.Sync sync && sync.since() == 0 ->
                list.items()
                        .forEach(item -> items.computeIfAbsent(line.where().user(), _ -> new HashMap<>())
                                .put(item.conversation(), new Item(item, line)));
            default -> {}
        }
    }

    Map<ConversationId, NavigableMap<Long, Entry>> logs() {
        return logs;
    }

    NavigableMap<Long, Entry> log(ConversationId conversation) {
        return logs.getOrDefault(conversation, new TreeMap<>());
    }

    Map<Long, Map<ConversationId, Item>> items() {
        return items;
    }
}

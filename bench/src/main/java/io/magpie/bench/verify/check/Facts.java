package io.magpie.bench.verify.check;

import io.magpie.bench.verify.history.History;
import io.magpie.bench.verify.history.Line;
import io.magpie.bench.verify.history.What;
import io.magpie.core.command.Command;
import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Body;
import io.magpie.core.log.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/// A history by what it tells of: read once, looked at by every check.
final class Facts {
    private final History history;
    private final Map<ConversationId, NavigableMap<Long, List<Sight>>> sights = new HashMap<>();
    private final Sends sends = new Sends();
    private final Map<Integer, Span> spans = new LinkedHashMap<>();
    private final FinalView finalView = new FinalView();
    private final Outages outages = new Outages();
    private final Set<Recall> recalls = new HashSet<>();
    private boolean isFinal;
    private long finalFrom = Long.MAX_VALUE;

    /// A session asked for it, whatever became of it.
    ///
    /// @param body of the entry that it makes
    record Recall(int session, ConversationId conversation, Body body) {}

    private Facts(History history) {
        this.history = history;
    }

    static Facts of(History history) {
        var facts = new Facts(history);
        for (Line line : history.lines()) {
            switch (line) {
                case Line.Seen seen -> facts.seen(seen);
                case Line.Fault fault -> facts.outages.add(fault);
                case Line.Milestone milestone -> {
                    if (milestone.phase() == Line.Phase.FINAL_VIEW) {
                        facts.isFinal = true;
                        facts.finalFrom = milestone.at();
                    }
                }
            }
        }
        facts.outages.end(history.end());
        return facts;
    }

    private void seen(Line.Seen line) {
        sends.add(line);
        if (isFinal) {
            finalView.add(line);
        }
        int session = line.where().session();
        switch (line.what()) {
            case What.Online _ -> spans.put(session, new Span(line, history.end()));
            case What.Offline _ -> span(session, span -> span.end(line.at()));
            case What.Asked asked
            when asked.command() instanceof Command.Recall(var conversation, long seq) ->
                recalls.add(new Recall(session, conversation, new Body.Recall(seq)));
            case What.Reading reading -> span(session, span -> span.reading(line.at(), reading.active()));
            case What.Pushed(Event.EntryAdded(Entry entry)) -> sight(line, entry);
            case What.Pushed(Event.Lagging(var conversations)) ->
                span(session, span -> span.lagging(line.at(), conversations));
            case What.Pushed(Event.Bye bye)
            when bye.reason() == Event.Bye.Reason.SLOW -> span(session, span -> span.lagging(line.at(), List.of()));
            case What.Answered answered
            when answered.reply() instanceof Reply.Entries entries ->
                entries.entries().forEach(entry -> sight(line, entry));
            default -> {}
        }
    }

    private void span(int session, Consumer<Span> change) {
        Span span = spans.get(session);
        if (span != null) {
            change.accept(span);
        }
    }

    private void sight(Line.Seen line, Entry entry) {
        sights.computeIfAbsent(entry.conversation(), _ -> new TreeMap<>())
                .computeIfAbsent(entry.seq(), _ -> new ArrayList<>())
                .add(new Sight(line, entry));
    }

    History history() {
        return history;
    }

    /// Every entry with all who were shown it, in order of time.
    Map<ConversationId, NavigableMap<Long, List<Sight>>> sights() {
        return sights;
    }

    List<Sight> sights(ConversationId conversation, long seq) {
        return sights.getOrDefault(conversation, new TreeMap<>()).getOrDefault(seq, List.of());
    }

    Sends sends() {
        return sends;
    }

    Map<Integer, Span> spans() {
        return spans;
    }

    FinalView finalView() {
        return finalView;
    }

    /// When faults were over; the greatest number if the run did not get there.
    long finalFrom() {
        return finalFrom;
    }

    /// Whether the session asked for what became this entry: then it gets an answer instead of a push, maybe later,
    /// maybe never.
    boolean madeBy(int session, ConversationId conversation, long seq) {
        Entry entry = finalView.log(conversation).get(seq);
        if (entry == null) {
            return false;
        }
        String clientId = entry.clientId();
        if (clientId == null) {
            return recalls.contains(new Recall(session, conversation, entry.body()));
        }
        var sending = sends.find(entry.sender(), conversation, clientId);
        return sending != null
                && sending.lines().stream()
                        .anyMatch(line ->
                                line instanceof Line.Seen seen && seen.where().session() == session);
    }

    Outages outages() {
        return outages;
    }

    Memberships memberships() {
        return Memberships.of(finalView.logs());
    }
}

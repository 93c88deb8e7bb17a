package io.magpie.core.push;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.Member;
import io.magpie.core.conversation.Members;
import io.magpie.core.journal.AfterCommit;
import io.magpie.core.journal.EntryTap;
import io.magpie.core.log.Body;
import io.magpie.core.log.Entry;
import io.magpie.core.log.EntryLog;
import io.magpie.core.store.StoreUnavailableException;
import io.magpie.core.upkeep.Chore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/// Notices which members no device of whom acknowledged an entry in time, connected or not, and offers it to the
/// push service.
///
/// What goes is decided late, on what the store says then: an entry recalled meanwhile does not go, nor one the
/// member has read, nor one in a conversation the member muted unless it mentions him. **Thread.** [#next] is one
/// thread's and blocks; commits and acknowledgements are only noted.
public final class PushWatch extends EntryTap implements Chore {
    private static final int ENTRIES = 500;
    private static final int PAGE = 10_000;
    private static final long TICK_MS = 250;

    private final EntryLog log;
    private final Members members;
    private final PushNotifications service;
    private final PushSettings settings;
    private final InstantSource clock;
    private final PushStats stats;
    private final Unheard unheard;
    private final LinkedHashMap<ConversationId, List<Unheard.Waiting>> due = new LinkedHashMap<>();

    public PushWatch(
            AfterCommit delivery,
            EntryLog log,
            Members members,
            PushNotifications service,
            PushSettings settings,
            InstantSource clock,
            PushStats stats) {
        super(delivery);
        this.log = log;
        this.members = members;
        this.service = service;
        this.settings = settings;
        this.clock = clock;
        this.stats = stats;
        this.unheard = new Unheard(stats);
    }

    public Acknowledgements acknowledgements() {
        return unheard;
    }

    @Override
    protected void note(Entry entry) {
        if (PushContent.counts(entry)) {
            unheard.add(entry, clock.millis());
        }
    }

    @Override
    public String name() {
        return "notifying members whose devices are away";
    }

    /// Looks at one conversation.
    @Override
    public long next() {
        if (due.isEmpty()) {
            for (var waiting : unheard.due(clock.millis() - settings.after().toMillis(), ENTRIES)) {
                due.computeIfAbsent(waiting.conversation(), _ -> new ArrayList<>())
                        .add(waiting);
            }
        }
        var first = due.firstEntry();
        if (first == null) {
            return TICK_MS;
        }
        boolean looked = true;
        try {
            look(first.getKey(), first.getValue());
        } catch (StoreUnavailableException e) {
            looked = false;
            throw e;
        } finally {
            if (looked) {
                due.remove(first.getKey());
                unheard.done(first.getKey(), first.getValue().size());
            }
        }
        return 0;
    }

    private void look(ConversationId conversation, List<Unheard.Waiting> waiting) {
        if (conversation.kind() == ConversationId.Kind.GROUP) {
            pages(conversation, live(conversation, waiting));
            return;
        }
        var users = conversation.users().stream()
                .filter(user -> waiting.stream()
                        .anyMatch(w -> w.sender() != user && !unheard.holds(conversation, user, w.seq())))
                .toList();
        if (!users.isEmpty()) {
            offer(live(conversation, waiting), members.findAll(conversation, users));
        }
    }

    private void pages(ConversationId conversation, List<Entry> entries) {
        LongFunction<List<Member>> page = after -> members.current(conversation, after, PAGE);
        Stream.iterate(
                        page.apply(0),
                        found -> !found.isEmpty(),
                        found -> found.size() < PAGE
                                ? List.of()
                                : page.apply(found.getLast().user()))
                .forEach(found -> offer(entries, found));
    }

    /// As they stand now.
    private List<Entry> live(ConversationId conversation, List<Unheard.Waiting> waiting) {
        var seqs = waiting.stream().map(Unheard.Waiting::seq).sorted().toList();
        return log.ascending(conversation, seqs.getFirst(), seqs.getLast(), 2 * ENTRIES).stream()
                .filter(entry -> PushContent.counts(entry) && seqs.contains(entry.seq()))
                .toList();
    }

    private void offer(List<Entry> entries, List<Member> to) {
        for (Entry entry : entries) {
            var users = to.stream()
                    .filter(member -> misses(member, entry))
                    .map(Member::user)
                    .toList();
            if (!users.isEmpty()) {
                stats.notifications.increment();
                stats.users.add(users.size());
                service.offer(PushContent.notification(entry, users, settings.includeContent()));
            }
        }
    }

    private boolean misses(Member member, Entry entry) {
        long seq = entry.seq();
        return member.current()
                && member.user() != entry.sender()
                && member.sees(seq)
                && member.readSeq() < seq
                && member.deliveredSeq() < seq
                && !unheard.holds(entry.conversation(), member.user(), seq)
                && (!member.muted()
                        || (entry.body() instanceof Body.Message message
                                && message.mentions().includes(member.user())));
    }
}

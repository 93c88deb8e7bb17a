package io.magpie.core.journal;

import io.magpie.core.log.Entry;
import java.util.List;

/// Stands between the commit and whatever comes after it, and notes each entry that this node commits, once. Noted
/// before it goes on: what comes back because of it cannot come first.
public abstract class EntryTap implements AfterCommit {
    private final AfterCommit next;

    protected EntryTap(AfterCommit next) {
        this.next = next;
    }

    /// On the committing thread: returns soon and never throws.
    protected abstract void note(Entry entry);

    @Override
    public final void committed(List<Entry> entries) {
        entries.forEach(this::note);
        next.committed(entries);
    }

    @Override
    public final void settled(List<Settled> batch) {
        for (var settled : batch) {
            var entry = settled.entry();
            if (entry != null) {
                note(entry);
            }
        }
        next.settled(batch);
    }
}

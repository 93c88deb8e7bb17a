package io.magpie.core.upkeep;

import io.magpie.core.store.Store;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/// Notices when the store stops writing and when it writes again, also while nobody sends or asks. One thread; what
/// it found, from any.
public final class StoreWatch implements Chore {
    private static final Logger LOG = System.getLogger(StoreWatch.class.getName());
    private static final long LOOK_MS = 2_000;

    private final Store store;
    private volatile boolean writable = true;

    public StoreWatch(Store store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "watching the store";
    }

    @Override
    public long next() {
        var problem = store.problem();
        if (problem.isPresent() == writable) {
            writable = problem.isEmpty();
            if (writable) {
                LOG.log(Level.INFO, "the store can write again");
            } else {
                LOG.log(Level.WARNING, "the store cannot write: {0}", problem.get());
            }
        }
        return LOOK_MS;
    }

    /// As of the last look.
    public boolean writable() {
        return writable;
    }
}

package io.magpie.adapter.jdbc.database;

import io.magpie.adapter.jdbc.sql.Engine;
import io.magpie.adapter.jdbc.sql.Source;
import io.magpie.core.log.EntryShelf;
import io.magpie.core.store.StoreUnavailableException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A database and the shelf beside it: what a commit of the one makes true, is made so on the other.
public final class ShelfEngine implements Engine {
    private final Engine database;
    private final EntryShelf shelf;
    private final Settling settling;
    private volatile @Nullable String problem;

    public ShelfEngine(Engine database, EntryShelf shelf, Settling settling) {
        this.database = database;
        this.shelf = shelf;
        this.settling = settling;
    }

    @Override
    public String epoch() {
        return database.epoch();
    }

    /// While something kept either from writing, this tries whether it still does.
    @Override
    public Optional<String> problem() {
        if (problem != null) {
            try {
                shelf.claim(epoch());
                problem = null;
            } catch (StoreUnavailableException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
        }
        return database.problem();
    }

    @Override
    public Source reads() {
        return database.reads();
    }

    @Override
    public <T> T transact(Function<Source, T> work, Predicate<T> commits) {
        try {
            return database.transact(work, commits);
        } catch (StoreUnavailableException e) {
            problem = e.getMessage();
            throw e;
        } finally {
            settling.settleNoted();
        }
    }

    @Override
    public void close() {
        database.close();
        shelf.close();
    }
}

package io.magpie.adapter.jdbc.sqlite;

import io.magpie.core.store.StoreUnavailableException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Whether the disk took the last writes. Costs one volatile read per write. Any thread.
final class WriteHealth {
    private volatile @Nullable String problem;

    /// Notes it when the write fails for the disk's sake.
    <T> T watch(Supplier<T> write) {
        try {
            return write.get();
        } catch (StoreUnavailableException e) {
            if (e.getCause() instanceof SQLException cause && Faults.disk(cause)) {
                problem = cause.getMessage();
            }
            throw e;
        }
    }

    /// Something was written after all.
    void written() {
        if (problem != null) {
            problem = null;
        }
    }

    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }
}

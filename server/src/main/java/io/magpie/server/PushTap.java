package io.magpie.server;

import io.magpie.core.journal.AfterCommit;
import io.magpie.core.push.Acknowledgements;
import io.magpie.core.push.PushNotifications;
import io.magpie.core.upkeep.Chore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the push service listens to what happens. Without one nothing listens: commits go straight to delivery.
record PushTap(
        AfterCommit afterCommit,
        Acknowledgements acknowledgements,
        List<Chore> chores,
        @Nullable PushNotifications service)
        implements AutoCloseable {
    static PushTap none(AfterCommit delivery) {
        return new PushTap(delivery, Acknowledgements.IGNORED, List.of(), null);
    }

    @Override
    public void close() {
        if (service != null) {
            service.close();
        }
    }
}

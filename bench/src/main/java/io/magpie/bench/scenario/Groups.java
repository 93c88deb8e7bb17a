package io.magpie.bench.scenario;

import io.magpie.bench.load.Dialect;
import io.magpie.bench.load.User;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// Makes everybody a member of so many groups.
final class Groups {
    private static final int AT_ONCE = 8;

    private Groups() {}

    /// All users need to have been ready once.
    static void make(Dialect dialect, List<User> users, int each, int members, Consumer<String> progress)
            throws InterruptedException {
        if (!dialect.keepsGroups()) {
            return;
        }
        List<List<User>> groups = new ArrayList<>();
        List<User> shuffled = new ArrayList<>(users);
        for (int round = 0; round < each; round++) {
            Collections.shuffle(shuffled, new Random(round));
            for (int from = 0; from < shuffled.size(); from += members) {
                groups.add(List.copyOf(shuffled.subList(from, Math.min(shuffled.size(), from + members))));
            }
        }
        try (ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<byte[]>> made = groups.stream()
                    .map(group -> workers.submit(() -> dialect.group(group)))
                    .toList();
            int done = 0;
            for (Future<byte[]> one : made) {
                var _ = one.get();
                if (++done % 50 == 0) {
                    progress.accept("groups " + done + "/" + made.size());
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("groups: " + e.getCause(), e);
        }
    }
}

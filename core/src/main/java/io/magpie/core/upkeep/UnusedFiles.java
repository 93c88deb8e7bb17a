package io.magpie.core.upkeep;

import io.magpie.core.file.FileStore;
import io.magpie.core.file.Files;
import io.magpie.core.journal.Journal;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.store.Transaction;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;

/// Deletes files that no entry carries any more and that are nobody's picture, and then the contents that no file
/// has. A round looks at each file and each content once, some at a time. Every node may do it. One thread; blocks.
///
/// A content is marked in the store before its bytes are deleted and forgotten after, so one that was interrupted is
/// finished by the next round, and who brings the same content meanwhile waits for it.
public final class UnusedFiles implements Chore {
    private static final int SCAN = 200;

    private final Files files;
    private final FileStore store;
    private final Journal journal;
    private final Duration kept;
    private final InstantSource clock;
    private final UpkeepStats stats;
    private long afterFile;
    private String afterContent = "";
    private boolean contents;

    /// @param kept how long an upload may wait to be used
    public UnusedFiles(
            Files files, FileStore store, Journal journal, Duration kept, InstantSource clock, UpkeepStats stats) {
        this.files = files;
        this.store = store;
        this.journal = journal;
        this.kept = kept;
        this.clock = clock;
        this.stats = stats;
    }

    @Override
    public String name() {
        return "deleting unused files";
    }

    @Override
    public long next() {
        return contents ? contents() : files();
    }

    private long files() {
        long began = System.nanoTime();
        var page = files.unused(afterFile, time(), SCAN);
        afterFile = page.last();
        contents = afterFile == 0;
        if (page.files().isEmpty()) {
            return Pace.READ_MS;
        }
        int deleted = edit(edits -> (int) page.files().stream()
                .filter(file -> edits.deleteUnused(file, time()))
                .count());
        stats.files.add(deleted);
        return Pace.after(began);
    }

    private long contents() {
        long began = System.nanoTime();
        var page = files.unusedContents(afterContent, time(), SCAN);
        page.hashes().forEach(this::delete);
        afterContent = page.last();
        contents = !afterContent.isEmpty();
        return contents ? Pace.after(began) : Pace.ROUND_MS;
    }

    private void delete(String hash) {
        if (edit(edits -> edits.condemn(hash, time()))) {
            store.delete(hash);
            edit(edits -> {
                edits.forget(hash);
                return true;
            });
            stats.contents.increment();
        }
    }

    private long time() {
        return clock.millis() - kept.toMillis();
    }

    private <T> T edit(Function<Files.Edits, T> work) {
        Function<Transaction, T> on = tx -> work.apply(tx.on(Files.Edits.class));
        return switch (journal.transact(tx -> Outcome.done(on.apply(tx)))) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Rejected<T> rejected ->
                throw new IllegalStateException(rejected.rejection().message());
        };
    }
}

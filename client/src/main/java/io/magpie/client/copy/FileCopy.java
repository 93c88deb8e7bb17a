package io.magpie.client.copy;

import io.magpie.core.command.Command;
import io.magpie.core.command.ConversationItem;
import io.magpie.core.command.Request;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Entry;
import io.magpie.core.outcome.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A copy in a directory of its own: `state` (owner and conversations), `queue` (what is to be sent) and one
/// file per conversation, each a growing file of protocol frames, one per line, rewritten when it holds more
/// old lines than new ones. Entries of a conversation are read when it is first asked for, and those of the
/// conversations used longest ago are let go, so memory is bounded by `keep` entries of [#MAX_OPEN]
/// conversations.
///
/// Survives the death of the process at any moment with at most the last, unfinished write missing.
public final class FileCopy implements LocalCopy {
    public static final int DEFAULT_KEEP = 1000;
    static final int MAX_OPEN = 64;

    private final Frames frames = new Frames();
    private final MemoryCopy memory;
    private final int keep;
    private final Path entriesDirectory;
    private final JsonLines state;
    private final JsonLines queue;
    private final FileChannel lock;
    private final Map<ConversationId, Integer> linesOf = new LinkedHashMap<>(16, 0.75f, true);
    private int stateLines;
    private int queueLines;

    /// @throws IOException if the directory cannot be used, or another process uses it
    public static FileCopy open(Path directory) throws IOException {
        return open(directory, DEFAULT_KEEP);
    }

    public static FileCopy open(Path directory, int keep) throws IOException {
        Path entries = Files.createDirectories(directory.resolve("entries"));
        FileChannel lock =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock.tryLock() != null) {
                return new FileCopy(directory, entries, lock, keep);
            }
        } catch (OverlappingFileLockException _) {
            // The same process: answered like another one.
        } catch (UncheckedIOException e) {
            lock.close();
            throw e.getCause();
        }
        lock.close();
        throw new IOException(directory + ": in use (expected: a directory of its own for each client)");
    }

    private FileCopy(Path directory, Path entriesDirectory, FileChannel lock, int keep) {
        this.keep = keep;
        this.memory = new MemoryCopy(keep);
        this.entriesDirectory = entriesDirectory;
        this.lock = lock;
        this.state = new JsonLines(directory.resolve("state.jsonl"));
        this.queue = new JsonLines(directory.resolve("queue.jsonl"));
        state.read(this::readState);
        rewriteState();
        queue.read(this::readQueue);
        rewriteQueue();
    }

    private boolean readState(byte[] line) {
        return switch (frames.readState(line)) {
            case Frames.Beginning(Owner owner) -> {
                memory.begin(owner);
                yield true;
            }
            case Frames.Listed(List<ConversationItem> items, long syncedAt) -> {
                items.forEach(memory::put);
                if (syncedAt > 0) {
                    memory.synced(syncedAt);
                }
                yield true;
            }
            case Frames.Unreadable() -> false;
        };
    }

    private boolean readQueue(byte[] line) {
        Optional<String> answered = frames.readAnswer(line);
        if (answered.isPresent()) {
            memory.answered(answered.get());
            return true;
        }
        var decoded = frames.readRequest(line);
        if (decoded.id() == null || !(decoded.command() instanceof Outcome.Done<Command>(Command command))) {
            return false;
        }
        memory.queued(new Request(decoded.id(), command));
        return true;
    }

    @Override
    public Optional<Owner> owner() {
        return memory.owner();
    }

    @Override
    public void begin(Owner next) {
        memory.begin(next);
        linesOf.clear();
        try (var files = Files.newDirectoryStream(entriesDirectory)) {
            for (Path file : files) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rewriteState();
        rewriteQueue();
    }

    @Override
    public long syncedAt() {
        return memory.syncedAt();
    }

    @Override
    public void synced(long at) {
        memory.synced(at);
        grewState(frames.listed(List.of(), at));
    }

    @Override
    public Collection<ConversationItem> conversations() {
        return memory.conversations();
    }

    @Override
    public void put(ConversationItem item) {
        memory.put(item);
        grewState(frames.listed(List.of(item), 0));
    }

    private void grewState(byte[] line) {
        state.append(line);
        if (++stateLines > 2 * memory.conversations().size() + 100) {
            rewriteState();
        }
    }

    private void rewriteState() {
        List<byte[]> lines = new ArrayList<>();
        memory.owner().ifPresent(owner -> lines.add(frames.beginning(owner)));
        memory.conversations().forEach(item -> lines.add(frames.listed(List.of(item), 0)));
        lines.add(frames.listed(List.of(), memory.syncedAt()));
        state.rewrite(lines);
        stateLines = lines.size();
    }

    @Override
    public Span held(ConversationId conversation) {
        load(conversation);
        return memory.held(conversation);
    }

    @Override
    public void append(ConversationId conversation, List<Entry> entries) {
        load(conversation);
        memory.append(conversation, entries);
        grew(conversation, entries);
    }

    @Override
    public void replace(Entry entry) {
        load(entry.conversation());
        memory.replace(entry);
        if (memory.entry(entry.conversation(), entry.seq()).isPresent()) {
            grew(entry.conversation(), List.of(entry));
        }
    }

    @Override
    public void restart(ConversationId conversation, long seq) {
        load(conversation);
        memory.restart(conversation, seq);
        linesOf.put(conversation, 0);
        file(conversation).rewrite(List.of());
    }

    private void grew(ConversationId conversation, List<Entry> entries) {
        JsonLines file = file(conversation);
        int lines = linesOf.merge(conversation, entries.size(), Integer::sum);
        if (lines <= 3 * keep) {
            file.append(entries.stream().map(frames::entry).toList());
            return;
        }
        List<Entry> held = memory.before(conversation, Long.MAX_VALUE, keep);
        file.rewrite(held.stream().map(frames::entry).toList());
        linesOf.put(conversation, held.size());
    }

    /// Reads a conversation's file unless its entries are in memory.
    private void load(ConversationId conversation) {
        if (linesOf.get(conversation) != null) {
            return;
        }
        linesOf.put(conversation, 0);
        file(conversation)
                .read(line -> frames.readEntry(line)
                        .filter(entry -> conversation.equals(entry.conversation()))
                        .map(this::remember)
                        .orElse(false));
        if (linesOf.size() > MAX_OPEN) {
            ConversationId oldest = linesOf.keySet().iterator().next();
            linesOf.remove(oldest);
            memory.forget(oldest);
        }
    }

    /// A line either continues the log or replaces an earlier line; anything else is damage.
    private boolean remember(Entry entry) {
        Span span = memory.held(entry.conversation());
        if (!span.known() || entry.seq() == span.high() + 1) {
            memory.append(entry.conversation(), List.of(entry));
        } else if (entry.seq() <= span.high()) {
            memory.replace(entry);
        } else {
            return false;
        }
        linesOf.merge(entry.conversation(), 1, Integer::sum);
        return true;
    }

    private JsonLines file(ConversationId conversation) {
        return new JsonLines(entriesDirectory.resolve(conversation + ".jsonl"));
    }

    @Override
    public Optional<Entry> entry(ConversationId conversation, long seq) {
        load(conversation);
        return memory.entry(conversation, seq);
    }

    @Override
    public List<Entry> before(ConversationId conversation, long seq, int limit) {
        load(conversation);
        return memory.before(conversation, seq, limit);
    }

    @Override
    public List<Entry> after(ConversationId conversation, long seq) {
        load(conversation);
        return memory.after(conversation, seq);
    }

    @Override
    public List<Request> queue() {
        return memory.queue();
    }

    @Override
    public void queued(Request request) {
        memory.queued(request);
        grewQueue(frames.request(request));
    }

    @Override
    public void answered(String id) {
        memory.answered(id);
        grewQueue(frames.answer(id));
    }

    private void grewQueue(byte[] line) {
        queue.append(line);
        if (++queueLines > 2 * memory.queue().size() + 100) {
            rewriteQueue();
        }
    }

    private void rewriteQueue() {
        List<byte[]> lines = memory.queue().stream().map(frames::request).toList();
        queue.rewrite(lines);
        queueLines = lines.size();
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

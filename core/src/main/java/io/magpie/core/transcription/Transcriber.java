package io.magpie.core.transcription;

import io.magpie.core.journal.Journal;
import io.magpie.core.limit.Utf8;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Draft;
import io.magpie.core.log.Entry;
import io.magpie.core.log.EntryLog;
import io.magpie.core.message.Moderation;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.store.StoreUnavailableException;
import io.magpie.core.store.Transaction;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Writes down voice messages after they were sent: the transcript comes as an edit of the message, by its author,
/// for everybody. It is an act of the server: neither the time allowed for edits nor a mute counts, moderation
/// does. A message that was recalled or edited meanwhile stays as it is.
///
/// A few threads of its own, each with one recording at a time; a failure is waited out by the thread that met it.
/// What waits at a stop is taken up at the next start, if it is not older than [#RECENT].
public final class Transcriber implements AutoCloseable {
    /// How old a voice message may be that is written down after a start.
    static final Duration RECENT = Duration.ofMinutes(10);

    private static final Logger LOG = System.getLogger(Transcriber.class.getName());
    private static final int LOOK_BACK = 20_000;
    private static final int PAGE = 500;
    private static final int ATTEMPTS = 5;
    private static final long LONGEST_MS = 60_000;
    private static final int TRANSCRIPT_BYTES = 8 << 10;

    private final VoiceQueue queue;
    private final Transcription service;
    private final Recordings recordings;
    private final EntryLog log;
    private final Journal journal;
    private final Moderation moderation;
    private final Pace pace;
    private final TranscriptionStats stats;
    private final List<Thread> threads = new ArrayList<>();

    /// @param firstPause before a failed request is repeated; it doubles each time
    public record Pace(int threads, Duration firstPause, InstantSource clock) {}

    public Transcriber(
            VoiceQueue queue,
            Transcription service,
            Recordings recordings,
            EntryLog log,
            Journal journal,
            Moderation moderation,
            Pace pace,
            TranscriptionStats stats) {
        this.queue = queue;
        this.service = service;
        this.recordings = recordings;
        this.log = log;
        this.journal = journal;
        this.moderation = moderation;
        this.pace = pace;
        this.stats = stats;
    }

    /// Before anything is committed, so that nothing is taken up twice.
    public void start() {
        takeUp();
        for (int i = 1; i <= pace.threads(); i++) {
            threads.add(Thread.ofPlatform().name("transcription-" + i).start(this::run));
        }
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        service.close();
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                write(queue.take());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// What the last run of this node left, or another node that died.
    private void takeUp() {
        long since = pace.clock().millis() - RECENT.toMillis();
        try {
            long mark = Math.max(0, log.mark() - LOOK_BACK);
            boolean more = true;
            while (more) {
                var changes = log.changes(mark, PAGE);
                changes.entries().stream()
                        .filter(entry -> entry.sentAt() >= since)
                        .forEach(queue::note);
                mark = changes.mark();
                more = changes.truncated();
            }
        } catch (StoreUnavailableException e) {
            LOG.log(Level.WARNING, "voice messages of before the start are not written down: {0}", e.getMessage());
        }
    }

    private void write(VoiceQueue.Place place) throws InterruptedException {
        long pauseMs = pace.firstPause().toMillis();
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                if (!(attempt(place) instanceof Transcription.Heard.Later later)) {
                    return;
                }
                stats.failures.increment();
                LOG.log(Level.WARNING, "a voice message waits for its transcript: {0}", later.why());
                pauseMs = Math.max(pauseMs, later.waitMs());
            } catch (StoreUnavailableException e) {
                stats.failures.increment();
                LOG.log(Level.WARNING, "a voice message waits for the store: {0}", e.getMessage());
            } catch (RuntimeException e) {
                stats.refused.increment();
                LOG.log(Level.ERROR, "a voice message could not be written down", e);
                return;
            }
            if (attempt < ATTEMPTS) {
                Thread.sleep(Math.min(pauseMs, LONGEST_MS));
                pauseMs *= 2;
            }
        }
        stats.givenUp.increment();
    }

    private Transcription.Heard attempt(VoiceQueue.Place place) throws InterruptedException {
        var entry = log.entry(place.conversation(), place.seq()).filter(VoiceQueue::unwritten);
        if (entry.isEmpty()
                || !(entry.get().body() instanceof Body.Message message)
                || !(message.content() instanceof Content.Voice voice)) {
            stats.overtaken.increment();
            return new Transcription.Heard.Never("overtaken");
        }
        var recording = recordings.of(voice);
        if (recording.isEmpty()) {
            stats.refused.increment();
            return new Transcription.Heard.Never("no recording");
        }
        var heard = service.hear(recording.get());
        switch (heard) {
            case Transcription.Heard.Said(String text) -> said(entry.get(), voice, text.strip());
            case Transcription.Heard.Never(String why) -> {
                stats.refused.increment();
                LOG.log(Level.WARNING, "a voice message is not written down: {0}", why);
            }
            case Transcription.Heard.Later _ -> {}
        }
        return heard;
    }

    private void said(Entry entry, Content.Voice voice, String text) {
        if (text.isEmpty() || Utf8.length(text) < 0) {
            stats.silent.increment();
            return;
        }
        var content = new Content.Voice(
                voice.file(), voice.durationMs(), voice.waveform(), Utf8.shorten(text, TRANSCRIPT_BYTES));
        if (!moderation.allows(entry.sender(), content)) {
            stats.refused.increment();
            return;
        }
        var written = journal.transact(tx -> edit(tx, entry, content));
        (written instanceof Outcome.Done ? stats.written : stats.overtaken).increment();
    }

    /// The append holds the conversation until the transaction ends, so what is committed then is what is edited.
    private Outcome<Long> edit(Transaction tx, Entry entry, Content.Voice content) {
        var body = new Body.Edit(entry.seq(), content);
        var draft = new Draft(entry.conversation(), entry.sender(), null, body, Draft.UNCHECKED);
        return switch (tx.append(draft, pace.clock().millis())) {
            case AppendResult.Stored stored ->
                log.entry(entry.conversation(), entry.seq())
                                .filter(VoiceQueue::unwritten)
                                .isPresent()
                        ? Outcome.done(stored.seq())
                        : Outcome.rejected(ErrorCode.CONFLICT, "seq: " + entry.seq() + " was edited meanwhile");
            case AppendResult.Refused(var rejection) -> Outcome.rejected(rejection);
            case AppendResult.Stale _ -> throw new IllegalStateException("an unchecked draft cannot be stale");
        };
    }
}

package io.magpie.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.journal.AfterCommit;
import io.magpie.core.journal.Settled;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Draft;
import io.magpie.core.log.Entry;
import io.magpie.core.log.Mentions;
import io.magpie.core.store.StoreUnavailableException;
import io.magpie.core.transcription.Recordings;
import io.magpie.core.transcription.Transcriber;
import io.magpie.core.transcription.Transcription;
import io.magpie.core.transcription.Transcription.Heard;
import io.magpie.core.transcription.Transcription.Recording;
import io.magpie.core.transcription.TranscriptionStats;
import io.magpie.core.transcription.VoiceQueue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranscriberTest {
    private static final ConversationId PAIR = ConversationId.direct(1, 2);
    private static final Content.Voice VOICE = new Content.Voice(0, 900, List.of(1, 2), null);
    private static final Body MESSAGE = new Body.Message(VOICE, 0, Mentions.NONE);

    @TempDir
    Path folder;

    private final Service service = new Service();
    private final TranscriptionStats stats = new TranscriptionStats();
    private final List<Transcriber> started = new ArrayList<>();
    private Recordings recordings = voice -> Optional.of(new Recording("audio/ogg", voice.durationMs(), new byte[1]));
    private World world;
    private VoiceQueue queue;

    @BeforeEach
    void open() {
        world = new World(folder);
        queue = queue(100);
    }

    @AfterEach
    void close() {
        started.forEach(Transcriber::close);
        world.close();
    }

    @Test
    void theTranscriptComesAsAnEditByTheAuthorForEverybody() throws Exception {
        start();
        long seq = send(MESSAGE);
        service.answers.put(new Heard.Said(" see you at noon \n"));
        await(() -> stats.written() == 1);
        var written = new Content.Voice(0, 900, List.of(1, 2), "see you at noon");
        var edit = world.delivered.getLast();
        assertThat(edit.sender()).isEqualTo(1);
        assertThat(edit.body()).isEqualTo(new Body.Edit(seq, written));
        assertThat(body(seq)).isEqualTo(new Body.Message(written, 0, Mentions.NONE, edit.seq(), 0));
    }

    @Test
    void whatIsRecalledOrEditedMeanwhileStaysAsItIs() throws Exception {
        start();
        long recalled = send(MESSAGE);
        service.heard.take();
        commit(new Body.Recall(recalled));
        service.answers.put(new Heard.Said("too late"));
        await(() -> stats.overtaken() == 1);
        long edited = send(MESSAGE);
        service.heard.take();
        var other = new Content.Voice(0, 900, List.of(), "by hand");
        commit(new Body.Edit(edited, other));
        service.answers.put(new Heard.Said("too late"));
        await(() -> stats.overtaken() == 2);
        assertThat(stats.written()).isZero();
        assertThat(body(edited))
                .isInstanceOfSatisfying(
                        Body.Message.class,
                        message -> assertThat(message.content()).isEqualTo(other));
        assertThat(world.delivered).isEmpty();
        assertThat(world.bodies(PAIR)).hasSize(4);
    }

    @Test
    void onlyVoiceMessagesWithoutATranscriptAreHeard() throws Exception {
        start();
        send(new Body.Message(new Content.Text("hi"), 0, Mentions.NONE));
        send(new Body.Message(new Content.Voice(0, 900, List.of(), "done"), 0, Mentions.NONE));
        send(MESSAGE);
        service.answers.put(new Heard.Said("one"));
        await(() -> stats.written() == 1);
        assertThat(service.heard).hasSize(1);
    }

    @Test
    void silenceAndRefusalsLeaveTheMessageAlone() throws Exception {
        start();
        send(MESSAGE);
        service.answers.put(new Heard.Said("  "));
        await(() -> stats.silent() == 1);
        send(MESSAGE);
        service.answers.put(new Heard.Never("a format nobody takes"));
        await(() -> stats.refused() == 1);
        send(MESSAGE);
        service.answers.put(new Heard.Said("a blocked word"));
        await(() -> stats.refused() == 2);
        assertThat(world.delivered).isEmpty();
    }

    @Test
    void troublesAreTriedAgainAndGivenUpInTheEnd() throws Exception {
        start();
        send(MESSAGE);
        service.answers.put(new Heard.Later("busy", 0));
        service.answers.put(new Heard.Later("busy", 3));
        service.answers.put(new Heard.Said("at last"));
        await(() -> stats.written() == 1);
        assertThat(stats.failures()).isEqualTo(2);
        send(MESSAGE);
        for (int i = 0; i < 5; i++) {
            service.answers.put(new Heard.Later("down", 0));
        }
        await(() -> stats.givenUp() == 1);
        assertThat(stats.failures()).isEqualTo(7);
        assertThat(service.heard).hasSize(8);
    }

    @Test
    void aFileThatCannotBeReadNowIsReadLaterAndOneThatIsGoneNever() throws Exception {
        var tries = new ArrayList<Content.Voice>();
        recordings = voice -> {
            tries.add(voice);
            if (tries.size() == 1) {
                throw new StoreUnavailableException("disk", new IOException());
            }
            return tries.size() == 2 ? Optional.of(new Recording("audio/ogg", 1, new byte[1])) : Optional.empty();
        };
        start();
        send(MESSAGE);
        service.answers.put(new Heard.Said("found"));
        await(() -> stats.written() == 1);
        send(MESSAGE);
        await(() -> stats.refused() == 1);
        assertThat(service.heard).hasSize(1);
    }

    @Test
    void whatWaitedAtAStopIsTakenUpUnlessItIsOld() throws Exception {
        send(MESSAGE);
        world.pass(Duration.ofMinutes(11));
        long recent = send(MESSAGE);
        queue = queue(100);
        start();
        service.answers.put(new Heard.Said("after the start"));
        await(() -> stats.written() == 1);
        assertThat(body(recent))
                .isInstanceOfSatisfying(
                        Body.Message.class,
                        message -> assertThat(message.content())
                                .isEqualTo(new Content.Voice(0, 900, List.of(1, 2), "after the start")));
        assertThat(service.heard).hasSize(1);
        assertThat(stats.waiting()).isZero();
    }

    @Test
    void tooManyAreDroppedAndCounted() {
        queue = queue(2);
        for (int i = 0; i < 5; i++) {
            send(MESSAGE);
        }
        assertThat(stats.dropped()).isEqualTo(3);
        assertThat(stats.waiting()).isEqualTo(2);
    }

    @Test
    void aStopDoesNotWaitForTheService() throws Exception {
        start();
        send(MESSAGE);
        service.heard.take();
        started.removeFirst().close();
        assertThat(service.closed.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(stats.written()).isZero();
    }

    @Test
    void aTranscriptIsAsLongAsTheProtocolAllows() throws Exception {
        start();
        long seq = send(MESSAGE);
        service.answers.put(new Heard.Said("早".repeat(5000)));
        await(() -> stats.written() == 1);
        assertThat(body(seq))
                .isInstanceOfSatisfying(
                        Body.Message.class,
                        message -> assertThat(message.content())
                                .isEqualTo(new Content.Voice(0, 900, List.of(1, 2), "早".repeat(8192 / 3))));
    }

    private VoiceQueue queue(int capacity) {
        var nowhere = new AfterCommit() {
            @Override
            public void committed(List<Entry> entries) {
                // Delivered by the world.
            }

            @Override
            public void settled(List<Settled> batch) {
                throw new AssertionError("nobody posts here");
            }
        };
        return new VoiceQueue(nowhere, capacity, stats);
    }

    private void start() {
        var transcriber = new Transcriber(
                queue,
                service,
                voice -> recordings.of(voice),
                world.store.log(),
                world.journal,
                (user, content) -> !(content instanceof Content.Voice voice
                        && String.valueOf(voice.transcript()).contains("blocked")),
                new Transcriber.Pace(1, Duration.ofMillis(1), world.clock),
                stats);
        started.add(transcriber);
        transcriber.start();
    }

    private long send(Body body) {
        long seq = commit(body);
        queue.committed(List.of(world.store.log().entry(PAIR, seq).orElseThrow()));
        return seq;
    }

    private long commit(Body body) {
        var draft = new Draft(PAIR, 1, null, body, Draft.UNCHECKED);
        return ((AppendResult.Stored) world.store
                        .log()
                        .append(List.of(draft), world.now.get())
                        .getFirst())
                .seq();
    }

    private Body body(long seq) {
        return world.store.log().entry(PAIR, seq).orElseThrow().body();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(until);
            Thread.sleep(5);
        }
    }

    /// Answers what a test puts there, in order.
    private static final class Service implements Transcription {
        final BlockingQueue<Recording> heard = new LinkedBlockingQueue<>();
        final BlockingQueue<Heard> answers = new LinkedBlockingQueue<>();
        final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public Heard hear(Recording recording) throws InterruptedException {
            heard.add(recording);
            return answers.take();
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}

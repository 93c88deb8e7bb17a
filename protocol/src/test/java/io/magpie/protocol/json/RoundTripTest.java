package io.magpie.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.command.Command;
import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.core.command.Request;
import io.magpie.core.log.Body;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.outcome.Rejection;
import io.magpie.protocol.Decoded;
import io.magpie.protocol.RandomCommands;
import io.magpie.protocol.RandomEntries;
import io.magpie.protocol.RandomFrames;
import io.magpie.protocol.ServerFrame;
import io.magpie.protocol.frame.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Whatever is written is read back the same.
class RoundTripTest {
    private static final int ROUNDS = 20_000;

    private final JsonCodec codec = new JsonCodec();
    private final JsonBodyCodec bodies = new JsonBodyCodec();

    @Test
    void requestsAreReadAsTheyWereWritten() {
        RandomCommands values = new RandomCommands(new SplittableRandom(1));
        for (int i = 0; i < ROUNDS; i++) {
            Request request = values.request();
            byte[] frame = codec.encodeRequest(request);
            assertThat(codec.decodeRequest(frame))
                    .as(() -> new String(frame, StandardCharsets.UTF_8))
                    .isEqualTo(new Decoded(request.id(), Outcome.done(request.command())));
        }
    }

    @Test
    void repliesAreReadAsTheyWereWritten() {
        RandomFrames values = new RandomFrames(new SplittableRandom(2));
        for (int i = 0; i < ROUNDS; i++) {
            String id = values.text(0, 64);
            Reply reply = values.reply();
            byte[] frame = codec.encodeReply(id, reply);
            assertThat(codec.decodeServerFrame(frame))
                    .as(() -> new String(frame, StandardCharsets.UTF_8))
                    .isEqualTo(new ServerFrame.Answer(id, reply));
        }
    }

    @Test
    void pushesAreReadAsTheyWereWritten() {
        RandomFrames values = new RandomFrames(new SplittableRandom(3));
        for (int i = 0; i < ROUNDS; i++) {
            Event event = values.event();
            byte[] frame = codec.encodeEvent(event);
            assertThat(codec.decodeServerFrame(frame))
                    .as(() -> new String(frame, StandardCharsets.UTF_8))
                    .isEqualTo(new ServerFrame.Push(event));
        }
    }

    @Test
    void bodiesAreKeptAsTheyWere() {
        RandomEntries values = new RandomEntries(new SplittableRandom(4));
        for (int i = 0; i < ROUNDS; i++) {
            Body body = values.body();
            byte[] stored = bodies.encode(body);
            assertThat(bodies.decode(stored))
                    .as(() -> new String(stored, StandardCharsets.UTF_8))
                    .isEqualTo(body);
        }
    }

    @Test
    void everyFrameIsValidUtf8() {
        RandomFrames values = new RandomFrames(new SplittableRandom(5));
        for (int i = 0; i < ROUNDS; i++) {
            assertThat(Utf8.valid(codec.encodeEvent(values.event()))).isTrue();
        }
    }

    @Test
    void aSendOverHttpIsTheSameSend() {
        RandomCommands values = new RandomCommands(new SplittableRandom(6));
        for (int i = 0; i < 1_000; i++) {
            Command.Send send = values.send();
            byte[] frame = codec.encodeRequest(new Request(null, send));
            assertThat(codec.decodeSend(send.conversation(), frame)).isEqualTo(Outcome.done(send));
        }
    }

    @Test
    void anErrorWithoutIdIsAnAnswerToNobody() {
        Reply failed = new Reply.Failed(new Rejection(ErrorCode.MALFORMED, "frame: not JSON", 0));
        assertThat(codec.decodeServerFrame(codec.encodeReply(null, failed)))
                .isEqualTo(new ServerFrame.Answer(null, failed));
    }
}

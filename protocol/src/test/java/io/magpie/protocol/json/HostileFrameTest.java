package io.magpie.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.command.Command;
import io.magpie.core.command.Request;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.protocol.Decoded;
import io.magpie.protocol.RandomCommands;
import io.magpie.protocol.RandomEntries;
import io.magpie.protocol.RandomFrames;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// No bytes do harm: every frame is a command or one of three refusals, and every command can be written again.
class HostileFrameTest {
    private static final int ROUNDS = 50_000;
    private static final Set<ErrorCode> CODES =
            EnumSet.of(ErrorCode.MALFORMED, ErrorCode.TOO_LARGE, ErrorCode.UNSUPPORTED);
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"",
        "\\",
        "\\u",
        "null",
        "true",
        "-",
        "1e9",
        "0",
        "\"type\":",
        "\"content\":{",
        "\u0000",
        "\"id\":\"i\",",
        "\"data\":",
        "9007199254740992",
        "{\"data\":[",
        "\"seq\":-1,",
        "\ufeff",
        "\\ud800",
        "é",
        "😀",
        " "
    };

    private final JsonCodec codec = new JsonCodec();
    private final SplittableRandom random = new SplittableRandom(8);

    @Test
    void randomFramesAreAnswered() {
        for (int i = 0; i < ROUNDS; i++) {
            judge(i % 2 == 0 ? noise() : soup());
        }
    }

    @Test
    void mutatedRequestsAreAnswered() {
        RandomCommands values = new RandomCommands(random);
        int done = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] frame = mutated(codec.encodeRequest(values.request()));
            done += judge(frame) ? 1 : 0;
        }
        // Most mutations hit a text or break the frame; both must happen, or the mutations are too tame or too wild.
        assertThat(done).isBetween(ROUNDS / 20, ROUNDS * 19 / 20);
    }

    @Test
    void mutatedServerFramesAreFrames() {
        RandomFrames values = new RandomFrames(random);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] frame = random.nextBoolean()
                    ? codec.encodeEvent(values.event())
                    : codec.encodeReply(values.text(0, 64), values.reply());
            assertThat(codec.decodeServerFrame(mutated(frame))).isNotNull();
            assertThat(codec.decodeServerFrame(soup())).isNotNull();
        }
    }

    @Test
    void damagedBodiesAreFaultsOfTheStore() {
        JsonBodyCodec bodies = new JsonBodyCodec();
        RandomEntries values = new RandomEntries(random);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] stored = mutated(bodies.encode(values.body()));
            ignoring(
                    IllegalArgumentException.class,
                    stored,
                    bytes -> assertThat(bodies.decode(bytes)).isNotNull());
        }
    }

    /// Whether the frame was accepted.
    private boolean judge(byte[] frame) {
        return switch (codec.decodeRequest(frame)) {
            case Decoded(var id, Outcome.Done<Command>(Command command)) -> {
                byte[] again = codec.encodeRequest(new Request(id, command));
                assertThat(codec.decodeRequest(again)).isEqualTo(new Decoded(id, Outcome.done(command)));
                yield true;
            }
            case Decoded(var _, Outcome.Rejected<Command>(var rejection)) -> {
                assertThat(rejection.code()).isIn(CODES);
                assertThat(rejection.message()).hasSizeLessThan(300);
                yield false;
            }
        };
    }

    private static void ignoring(Class<? extends RuntimeException> expected, byte[] bytes, Consumer<byte[]> action) {
        try {
            action.accept(bytes);
        } catch (RuntimeException fault) {
            assertThat(fault).isInstanceOf(expected);
        }
    }

    private byte[] noise() {
        byte[] frame = new byte[random.nextInt(64)];
        random.nextBytes(frame);
        if (frame.length > 0 && random.nextBoolean()) {
            frame[0] = '{';
        }
        return frame;
    }

    private byte[] soup() {
        StringBuilder soup = new StringBuilder("{");
        for (int i = random.nextInt(20); i > 0; i--) {
            soup.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return soup.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// One to three bytes changed, removed, doubled or replaced by a piece of JSON, or the end cut off.
    private byte[] mutated(byte[] frame) {
        byte[] bytes = frame;
        for (int i = random.nextInt(1, 4); i > 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            bytes = switch (random.nextInt(5)) {
                case 0 -> spliced(bytes, at, at + 1, new byte[] {(byte) random.nextInt(256)});
                case 1 -> spliced(bytes, at, at + 1, new byte[0]);
                case 2 -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, random.nextInt(at, bytes.length)));
                case 3 ->
                    spliced(bytes, at, at, PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8));
                default -> random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at) : bytes;
            };
        }
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] piece) {
        byte[] spliced = Arrays.copyOf(bytes, bytes.length - (to - from) + piece.length);
        System.arraycopy(piece, 0, spliced, from, piece.length);
        System.arraycopy(bytes, to, spliced, from + piece.length, bytes.length - to);
        return spliced;
    }
}

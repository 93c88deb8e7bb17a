package io.magpie.protocol.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.magpie.core.command.Command;
import io.magpie.core.command.Request;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.protocol.Decoded;
import io.magpie.protocol.RandomCommands;
import io.magpie.protocol.RandomFrames;
import io.magpie.protocol.v1.Frame;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// No bytes do harm, and what is a frame to the generated classes is a frame to the codec.
class HostileBytesTest {
    private static final int ROUNDS = 60_000;
    private static final Set<ErrorCode> CODES =
            EnumSet.of(ErrorCode.MALFORMED, ErrorCode.TOO_LARGE, ErrorCode.UNSUPPORTED);

    private final ProtobufCodec codec = new ProtobufCodec();
    private final SplittableRandom random = new SplittableRandom(9);

    @Test
    void noiseIsAnswered() {
        for (int i = 0; i < ROUNDS; i++) {
            byte[] frame = new byte[random.nextInt(48)];
            random.nextBytes(frame);
            judge(frame);
        }
    }

    @Test
    void mutatedRequestsAreAnswered() {
        RandomCommands values = new RandomCommands(random);
        int done = 0;
        for (int i = 0; i < ROUNDS; i++) {
            done += judge(mutated(codec.encodeRequest(values.request()))) ? 1 : 0;
        }
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
        }
    }

    /// Whether the frame was accepted.
    private boolean judge(byte[] frame) {
        Decoded decoded = codec.decodeRequest(frame);
        boolean unreadable = decoded.command() instanceof Outcome.Rejected<Command>(var rejection)
                && rejection.message().startsWith("frame: ");
        if (parses(frame)) {
            assertThat(unreadable).as(() -> Arrays.toString(frame)).isFalse();
        } else if (!saysWhatServersSay(frame)) {
            assertThat(decoded.command()).as(() -> Arrays.toString(frame)).isInstanceOf(Outcome.Rejected.class);
        }
        return switch (decoded.command()) {
            case Outcome.Done<Command>(Command command) -> {
                byte[] again = codec.encodeRequest(new Request(decoded.id(), command));
                assertThat(codec.decodeRequest(again)).isEqualTo(decoded);
                yield true;
            }
            case Outcome.Rejected<Command>(var rejection) -> {
                assertThat(rejection.code()).isIn(CODES);
                assertThat(rejection.message()).hasSizeLessThan(300);
                yield false;
            }
        };
    }

    /// What only servers say is skipped unread, so its inside does not count.
    private static boolean saysWhatServersSay(byte[] frame) {
        try {
            return UnknownFieldSet.parseFrom(frame).asMap().keySet().stream()
                    .anyMatch(number -> number >= 16 && number < 64);
        } catch (InvalidProtocolBufferException _) {
            return false;
        }
    }

    private static boolean parses(byte[] frame) {
        try {
            return Frame.parseFrom(frame).isInitialized();
        } catch (InvalidProtocolBufferException _) {
            return false;
        }
    }

    private byte[] mutated(byte[] frame) {
        byte[] bytes = frame;
        for (int i = random.nextInt(1, 4); i > 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            bytes = switch (random.nextInt(5)) {
                case 0 -> spliced(bytes, at, at + 1, new byte[] {(byte) random.nextInt(256)});
                case 1 -> spliced(bytes, at, at + 1, new byte[0]);
                case 2 -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, random.nextInt(at, bytes.length)));
                case 3 -> spliced(bytes, at, at, new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F});
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

package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.TextFormat;
import io.magpie.core.command.Command;
import io.magpie.core.outcome.Outcome;
import io.magpie.e2e.harness.Node;
import io.magpie.e2e.harness.Person;
import io.magpie.e2e.harness.ProcessState;
import io.magpie.e2e.harness.SharedNode;
import io.magpie.e2e.harness.Wire;
import io.magpie.protocol.protobuf.ProtobufCodec;
import io.magpie.protocol.v1.Code;
import io.magpie.protocol.v1.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Protobuf frames that no client of ours would send: always the promised error, and the server serves on.
@ExtendWith(SharedNode.class)
class HostileBytesIT {
    private static final int FRAMES = 100_000;
    private static final int CONNECTIONS = 8;
    private static final int IN_A_ROW = 9;
    private static final long SLACK_BYTES = 12L << 20;
    private static final Set<Code> UNPROMISED =
            EnumSet.of(Code.CODE_UNSPECIFIED, Code.CODE_INTERNAL, Code.UNRECOGNIZED);

    private final Node node;
    private final ProtobufCodec codec = new ProtobufCodec();

    HostileBytesIT(Node node) {
        this.node = node;
    }

    private static List<byte[]> goodFrames(long me) throws IOException {
        String notes = "conversation:'d." + me + "." + me + "'";
        List<byte[]> frames = new ArrayList<>();
        for (String text : new String[] {
            "id:'1' hello{token:'t' device{id:'d' platform:PLATFORM_WEB}}",
            "id:'2' ping{}",
            "id:'3' send{" + notes + " client_id:'c' content{text{text:'Hello'}} reply_to:1}",
            "id:'4' send{" + notes + " client_id:'c' content{custom{schema:'s' data:'{\"a\":[1]}'}} mentions:[1,2]}",
            "id:'5' send{" + notes + " client_id:'l' content{location{lat:1.5 lon:2 label:'x'}} mention_all:true}",
            "id:'6' received{" + notes + " seq:1}",
            "id:'7' read{" + notes + " seq:1}",
            "id:'8' listened{" + notes + " seq:1}",
            "id:'9' typing{" + notes + " active:true}",
            "id:'10' recall{" + notes + " seq:1}",
            "id:'11' edit{" + notes + " seq:1 content{text{text:'New'}}}",
            "id:'12' react{" + notes + " seq:1 emoji:'x' active:true}",
            "id:'13' history{" + notes + " after:0 limit:2}",
            "id:'14' sync{since:0 cursor:'x'}",
            "id:'15' presence{users:[1,2,3]}"
        }) {
            frames.add(TextFormat.parse(text, Frame.class).toByteArray());
        }
        return frames;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aHundredThousandSpoiltFramesAreAllAnsweredAsPromised(boolean tcp) throws Exception {
        int open = ProcessState.connections(node);
        long me;
        try (var person = Person.of(node, "bytes-0")) {
            me = person.id();
        }
        long seed = System.nanoTime();
        spoil(tcp, me, FRAMES / 10, seed);
        var before = ProcessState.settled(node, open);
        int errors = spoil(tcp, me, FRAMES, seed + 1);
        var after = ProcessState.settled(node, open);

        assertThat(errors).as("seed " + seed).isGreaterThan(FRAMES / 3);
        assertThat(after.heapBytes()).as("%s, before: %s", after, before).isLessThan(before.heapBytes() + SLACK_BYTES);
        try (var person = Person.of(node, "bytes-after")) {
            person.say(Conversations.direct(person, person), "Still here");
        }
    }

    private int spoil(boolean tcp, long me, int frames, long seed) throws Exception {
        try (var threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("hostile-", 0).factory())) {
            List<Future<Integer>> parts = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                parts.add(threads.submit(
                        conversation(tcp, i, goodFrames(me), new Random(seed + i), frames / CONNECTIONS)));
            }
            int errors = 0;
            for (var part : parts) {
                errors += part.get();
            }
            return errors;
        }
    }

    /// A good frame after each few spoilt ones proves by its answer that those were dealt with and that the
    /// connection lives.
    private Callable<Integer> conversation(boolean tcp, int number, List<byte[]> good, Random random, int frames) {
        return () -> {
            int errors = 0;
            try (var wire = tcp ? Wire.dial(node.tcp()) : Wire.open(node.realtime(), "magpie.v1.protobuf")) {
                wire.patience((int) Person.PATIENCE.toMillis());
                wire.raw(framed(
                        tcp,
                        Wire.BINARY,
                        parsed("id:'welcome' hello{token:'%s' device{id:'b%d' platform:PLATFORM_BOT}}"
                                .formatted(node.token("bytes-0"), number))));
                errors += untilAnswered(wire, tcp, "welcome");
                for (int sent = 0; sent < frames; sent += IN_A_ROW) {
                    var batch = new ByteArrayOutputStream();
                    for (int i = 0; i < IN_A_ROW; i++) {
                        batch.writeBytes(framed(tcp, sent % 50 == 0 ? Wire.TEXT : Wire.BINARY, spoilt(good, random)));
                    }
                    String marker = "good-" + sent;
                    batch.writeBytes(framed(tcp, Wire.BINARY, parsed("id:'" + marker + "' ping{}")));
                    wire.raw(batch.toByteArray());
                    errors += untilAnswered(wire, tcp, marker);
                }
            }
            return errors;
        };
    }

    private static byte[] parsed(String text) throws IOException {
        return TextFormat.parse(text, Frame.class).toByteArray();
    }

    private static byte[] framed(boolean tcp, int opcode, byte[] frame) throws IOException {
        if (!tcp) {
            return Wire.encoded(opcode, frame);
        }
        var framed = new ByteArrayOutputStream();
        var out = CodedOutputStream.newInstance(framed);
        out.writeUInt32NoTag(frame.length);
        out.flush();
        framed.write(frame);
        return framed.toByteArray();
    }

    /// What happens to be a good `bye` would rightly end the connection.
    private byte[] spoilt(List<byte[]> good, Random random) {
        while (true) {
            byte[] frame = mutated(good, random);
            if (!(codec.decodeRequest(frame).command() instanceof Outcome.Done<Command>(Command.Bye _))) {
                return frame;
            }
        }
    }

    private static byte[] mutated(List<byte[]> good, Random random) {
        byte[] bytes = good.get(random.nextInt(good.size())).clone();
        byte[] other = good.get(random.nextInt(good.size()));
        int at = random.nextInt(bytes.length);
        return switch (random.nextInt(7)) {
            case 0 -> noise(random.nextInt(300), random);
            case 1 -> Arrays.copyOf(bytes, at);
            case 2 ->
                joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(other, random.nextInt(other.length), other.length));
            case 3 ->
                joined(
                        Arrays.copyOf(bytes, at),
                        noise(1 + random.nextInt(4), random),
                        Arrays.copyOfRange(bytes, at, bytes.length));
            // Groups in groups, and lengths and numbers beyond all bounds.
            case 4 -> joined(bytes, new byte[] {(byte) 0x83, 0x08}, filled(1 + random.nextInt(500), (byte) 0x0B));
            case 5 ->
                joined(
                        Arrays.copyOf(bytes, at),
                        filled(5 + random.nextInt(8), (byte) 0xFF),
                        Arrays.copyOfRange(bytes, at, bytes.length));
            default -> {
                for (int i = 1 + random.nextInt(4); i > 0; i--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                yield bytes;
            }
        };
    }

    private static byte[] noise(int length, Random random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] filled(int length, byte value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, value);
        return bytes;
    }

    private static byte[] joined(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static int untilAnswered(Wire wire, boolean tcp, String id) throws IOException {
        for (int errors = 0; ; ) {
            Frame answer = tcp ? delimited(wire.rest()) : message(wire);
            if (answer.hasError()) {
                errors++;
                assertThat(answer.getError().getCode()).as("%s", answer).isNotIn(UNPROMISED);
                assertThat(answer.getError().getMessage()).as("%s", answer).isNotBlank();
            }
            if (answer.getId().equals(id)) {
                assertThat(answer.hasError()).as("%s", answer).isFalse();
                return errors;
            }
        }
    }

    private static Frame delimited(InputStream in) throws IOException {
        Frame frame = Frame.parseDelimitedFrom(in);
        if (frame == null) {
            throw new IOException("the server has closed the connection");
        }
        return frame;
    }

    private static Frame message(Wire wire) throws IOException {
        while (true) {
            var frame = wire.read();
            assertThat(frame.opcode()).as(frame.text()).isIn(Wire.BINARY, Wire.PING);
            if (frame.opcode() == Wire.BINARY) {
                return Frame.parseFrom(frame.payload());
            }
        }
    }
}

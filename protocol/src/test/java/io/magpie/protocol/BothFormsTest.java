package io.magpie.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.core.command.Request;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.outcome.Rejection;
import io.magpie.protocol.json.JsonCodec;
import io.magpie.protocol.protobuf.ProtobufCodec;
import io.magpie.protocol.v1.Frame;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Every frame of both directions goes from JSON to protobuf and back without loss, and what the codec writes is what
/// the generated classes would write.
class BothFormsTest {
    private static final int ROUNDS = 20_000;

    private final JsonCodec json = new JsonCodec();
    private final ProtobufCodec protobuf = new ProtobufCodec();

    @Test
    void requests() throws InvalidProtocolBufferException {
        RandomCommands values = new RandomCommands(new SplittableRandom(11));
        for (int i = 0; i < ROUNDS; i++) {
            Request request = values.request();
            Decoded expected = new Decoded(request.id(), Outcome.done(request.command()));
            byte[] binary = protobuf.encodeRequest(request);
            assertThat(protobuf.decodeRequest(binary)).isEqualTo(expected);
            assertThat(json.decodeRequest(json.encodeRequest(request))).isEqualTo(expected);
            assertCanonical(binary);
        }
    }

    @Test
    void replies() throws InvalidProtocolBufferException {
        RandomFrames values = unicode(new SplittableRandom(12));
        for (int i = 0; i < ROUNDS; i++) {
            String id = values.text(0, 64);
            Reply reply = values.reply();
            ServerFrame expected = new ServerFrame.Answer(id, reply);
            byte[] binary = protobuf.encodeReply(id, reply);
            assertThat(protobuf.decodeServerFrame(binary)).isEqualTo(expected);
            assertThat(json.decodeServerFrame(json.encodeReply(id, reply))).isEqualTo(expected);
            assertCanonical(binary);
        }
    }

    @Test
    void pushes() throws InvalidProtocolBufferException {
        RandomFrames values = unicode(new SplittableRandom(13));
        for (int i = 0; i < ROUNDS; i++) {
            Event event = values.event();
            ServerFrame expected = new ServerFrame.Push(event);
            byte[] binary = protobuf.encodeEvent(event);
            assertThat(protobuf.decodeServerFrame(binary)).isEqualTo(expected);
            assertThat(json.decodeServerFrame(json.encodeEvent(event))).isEqualTo(expected);
            assertCanonical(binary);
        }
    }

    @Test
    void aPingOfTheServer() throws InvalidProtocolBufferException {
        byte[] binary = protobuf.encodePing();
        assertThat(Frame.parseFrom(binary).hasPingPush()).isTrue();
        assertThat(protobuf.decodeServerFrame(binary)).isEqualTo(new ServerFrame.Ping());
    }

    @Test
    void halfASurrogatePairIsAQuestionMark() {
        Reply halved = new Reply.Failed(new Rejection(ErrorCode.INTERNAL, "a\ud83d b\udc00", 0));
        assertThat(protobuf.decodeServerFrame(protobuf.encodeReply("i", halved)))
                .isEqualTo(
                        new ServerFrame.Answer("i", new Reply.Failed(new Rejection(ErrorCode.INTERNAL, "a? b?", 0))));
    }

    /// Values without halves of surrogate pairs, which only JSON can express.
    private static RandomFrames unicode(RandomGenerator random) {
        return new RandomFrames(random) {
            @Override
            public String anyText() {
                return text(0, 100);
            }
        };
    }

    private static void assertCanonical(byte[] binary) throws InvalidProtocolBufferException {
        Frame frame = Frame.parseFrom(binary);
        assertThat(frame.getUnknownFields().asMap()).isEmpty();
        assertThat(frame.getTypeCase()).isNotEqualTo(Frame.TypeCase.TYPE_NOT_SET);
        // The generated classes write fields in the order of their numbers; the size does not depend on it.
        assertThat(frame.getSerializedSize()).isEqualTo(binary.length);
    }
}

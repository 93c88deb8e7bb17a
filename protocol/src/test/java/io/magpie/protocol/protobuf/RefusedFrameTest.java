package io.magpie.protocol.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.TextFormat;
import com.google.protobuf.UnknownFieldSet;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.outcome.Rejection;
import io.magpie.protocol.Decoded;
import io.magpie.protocol.json.JsonCodec;
import io.magpie.protocol.v1.Frame;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is refused in JSON is refused in protobuf, in the same words.
class RefusedFrameTest {
    private final ProtobufCodec codec = new ProtobufCodec();
    private final JsonCodec json = new JsonCodec();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            send {conversation:"g.1" client_id:"c"}                                              | {'type':'send','conversation':'g.1','clientId':'c'}
            send {conversation:"g.1" client_id:"" content{text{text:"t"}}}                       | {'type':'send','conversation':'g.1','clientId':'','content':{'kind':'text','text':'t'}}
            send {conversation:"g.01" client_id:"c" content{text{text:"t"}}}                     | {'type':'send','conversation':'g.01','clientId':'c','content':{'kind':'text','text':'t'}}
            send {conversation:"g.1" client_id:"c" content{text{}}}                              | {'type':'send','conversation':'g.1','clientId':'c','content':{'kind':'text','text':''}}
            send {conversation:"g.1" client_id:"c" content{image{file:1 width:70000 height:1}}}  | {'type':'send','conversation':'g.1','clientId':'c','content':{'kind':'image','file':1,'width':70000,'height':1}}
            send {conversation:"g.1" client_id:"c" content{card{}}}                              | {'type':'send','conversation':'g.1','clientId':'c','content':{'kind':'card'}}
            send {conversation:"g.1" client_id:"c" content{card{user:1 group:1}}}                | {'type':'send','conversation':'g.1','clientId':'c','content':{'kind':'card','user':1,'group':1}}
            send {conversation:"g.1" client_id:"c" content{location{lat:91}}}                    | {'type':'send','conversation':'g.1','clientId':'c','content':{'kind':'location','lat':91.0,'lon':0}}
            send {conversation:"g.1" client_id:"c" content{location{lon:nan}}}                   | {'type':'send','conversation':'g.1','clientId':'c','content':{'kind':'location','lat':1,'lon':'x'}}
            send {conversation:"g.1" client_id:"c" content{text{text:"t"}} reply_to:0}           | {'type':'send','conversation':'g.1','clientId':'c','content':{'kind':'text','text':'t'},'replyTo':0}
            send {conversation:"g.1" client_id:"c" content{text{text:"t"}} mentions:-1}          | {'type':'send','conversation':'g.1','clientId':'c','content':{'kind':'text','text':'t'},'mentions':[-1]}
            listened {conversation:"g.1"}                                                        | {'type':'listened','conversation':'g.1','seq':0}
            received {seq:9007199254740992 conversation:"g.1"}                                   | {'type':'received','conversation':'g.1','seq':9007199254740992}
            history {conversation:"g.1"}                                                         | {'type':'history','conversation':'g.1'}
            history {conversation:"g.1" after:1 before:2}                                        | {'type':'history','conversation':'g.1','after':1,'before':2}
            history {conversation:"g.1" after:1 limit:201}                                       | {'type':'history','conversation':'g.1','after':1,'limit':201}
            history {conversation:"g.1" after:1 limit:0}                                         | {'type':'history','conversation':'g.1','after':1,'limit':0}
            hello {token:"t"}                                                                    | {'type':'hello','token':'t'}
            hello {token:"t" device{id:"d"}}                                                     | {'type':'hello','token':'t','device':{'id':'d'}}
            hello {device{id:"d" platform:PLATFORM_WEB}}                                         | {'type':'hello','token':'','device':{'id':'d','platform':'web'}}
            """)
    void inTheWordsOfJson(String text, String object) throws TextFormat.ParseException {
        byte[] frame = TextFormat.parse("id:'7' " + text, Frame.class).toByteArray();
        Decoded decoded = codec.decodeRequest(frame);
        assertThat(decoded.command()).isInstanceOf(Outcome.Rejected.class);
        assertThat(decoded.id()).isEqualTo("7");
        String expected = object.replace('\'', '"').replace("{\"type\"", "{\"id\":\"7\",\"type\"");
        Decoded inJson = json.decodeRequest(expected.getBytes(StandardCharsets.UTF_8));
        if (text.contains("lon:nan")) {
            assertThat(rejection(decoded).message()).startsWith("content.lon: a number (expected: number from -180");
        } else {
            assertThat(decoded).isEqualTo(inJson);
        }
    }

    @Test
    void whatThisVersionDoesNotKnow() throws TextFormat.ParseException {
        assertThat(rejection(codec.decodeRequest(
                                Frame.newBuilder().setId("7").build().toByteArray()))
                        .message())
                .startsWith("type: missing");
        assertThat(rejection(codec.decodeRequest(new byte[0])).code()).isEqualTo(ErrorCode.MALFORMED);
        Frame newer = Frame.newBuilder()
                .setId("7")
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                64,
                                UnknownFieldSet.Field.newBuilder()
                                        .addLengthDelimited(ByteString.copyFromUtf8("x"))
                                        .build())
                        .build())
                .build();
        Decoded decoded = codec.decodeRequest(newer.toByteArray());
        assertThat(decoded.id()).isEqualTo("7");
        assertThat(rejection(decoded).code()).isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(rejection(decoded).message()).startsWith("type: \"64\" (expected: one of hello, ping");
        // What servers say is no request, although the names are alike.
        byte[] push = TextFormat.parse("read_push {conversation:'g.1' user:1 seq:1}", Frame.class)
                .toByteArray();
        assertThat(rejection(codec.decodeRequest(push)).code()).isEqualTo(ErrorCode.UNSUPPORTED);
        byte[] device = TextFormat.parse("hello {token:'t' device{id:'d' platform:77}}", Frame.class)
                .toByteArray();
        assertThat(rejection(codec.decodeRequest(device)).message())
                .isEqualTo("device.platform: \"77\" (expected: one of web, ios, android, windows, mac, linux, bot)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "NONE", textBlock = """
            ` [ 1 , 2.50, "a b" ] ` | [1,2.50,"a b"]
            1                       | 1
            ` -1.0E+3 `             | -1.0E+3
            null                    | null
            "é"                     | "é"
            1],[2                   | NONE
            1,2                     | NONE
            ]                       | NONE
            {                       | NONE
            ``                      | NONE
            ` `                     | NONE
            nul                     | NONE
            """)
    void dataIsOneJsonValue(String data, String kept) {
        Frame frame = frameWith(data);
        switch (codec.decodeRequest(frame.toByteArray()).command()) {
            case Outcome.Done<?>(var command) -> assertThat(command.toString()).contains("dataJson=" + kept + "]");
            case Outcome.Rejected<?>(var rejection) -> {
                assertThat(kept).isNull();
                assertThat(rejection.code()).isEqualTo(ErrorCode.MALFORMED);
                assertThat(rejection.message()).startsWith("content.data: ");
            }
        }
    }

    @Test
    void dataHidesNoOtherEncodingAndIsNoDeeperThanInJson() {
        for (String data : new String[] {"\u00001", "1\u0000", "\ufeff1", "\ufffe1", "[".repeat(31) + "]".repeat(31)}) {
            assertThat(rejection(codec.decodeRequest(frameWith(data).toByteArray()))
                            .message())
                    .isEqualTo("content.data: a text (expected: one JSON value, at most 30 levels deep)");
        }
        assertThat(codec.decodeRequest(
                                frameWith("[".repeat(30) + "]".repeat(30)).toByteArray())
                        .command())
                .isInstanceOf(Outcome.Done.class);
    }

    private static Frame frameWith(String data) {
        Frame.Builder frame = Frame.newBuilder();
        frame.getSendBuilder().setConversation("g.1").setClientId("c");
        frame.getSendBuilder()
                .getContentBuilder()
                .getCustomBuilder()
                .setSchema("s")
                .setData(data);
        return frame.build();
    }

    private static Rejection rejection(Decoded decoded) {
        return switch (decoded.command()) {
            case Outcome.Rejected<?>(var rejection) -> rejection;
            case Outcome.Done<?>(var command) -> throw new AssertionError("accepted: " + command);
        };
    }
}

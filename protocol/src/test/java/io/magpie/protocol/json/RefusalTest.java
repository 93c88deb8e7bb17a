package io.magpie.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.protocol.Decoded;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bad frames, each with the code it gets, the id its error carries (`-` is none) and the beginning of the message.
/// Frames are written with apostrophes for quotation marks.
class RefusalTest {
    private final JsonCodec codec = new JsonCodec();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                     | MALFORMED   | - | frame: no object
            x                                      | MALFORMED   | - | frame: no object
            null                                   | MALFORMED   | - | frame: no object
            'ping'                                 | MALFORMED   | - | frame: no object
            [{'type':'ping'}]                      | MALFORMED   | - | frame: no object
            {                                      | MALFORMED   | - | frame: not JSON
            {'id':'i'                              | MALFORMED   | i | frame: not JSON
            {'id':'i','type':'ping'}}              | MALFORMED   | i | frame: not JSON
            {'id':'i','type':'ping'}{}             | MALFORMED   | i | frame: more than one value
            {'id':'i','type':'ping'} 5             | MALFORMED   | i | frame: more than one value
            {'id':'i','type':'ping',}              | MALFORMED   | i | frame: not JSON
            {'id':'i','type':ping}                 | MALFORMED   | i | frame: not JSON
            {'id':'i','type':'ping','seq':05}      | MALFORMED   | i | frame: not JSON
            {'id':'i','type':'ping','seq':NaN}     | MALFORMED   | i | frame: not JSON
            {'id':'i','type':'ping','x':'\\x'}     | MALFORMED   | i | frame: not JSON
            {'id':'i','type':'ping'/**/}           | MALFORMED   | i | frame: not JSON
            {'type':'ping','id':5}                 | MALFORMED   | - | id: 5 (expected: text of 0..64 bytes)
            {'type':'ping','id':['i']}             | MALFORMED   | - | id: a list
            {'type':'ping','id':'\\ud800'}         | MALFORMED   | - | id: half a surrogate pair
            {'id':'i'}                             | MALFORMED   | i | type: missing
            {'type':null,'id':'i'}                 | MALFORMED   | i | type: missing
            {'type':7,'id':'i'}                    | MALFORMED   | i | type: 7
            {'type':'','id':'i'}                   | UNSUPPORTED | i | type: ""
            {'type':'Ping','id':'i'}               | UNSUPPORTED | i | type: "Ping" (expected: one of hello, ping,
            {'type':'entry','id':'i'}              | UNSUPPORTED | i | type: "entry"
            """)
    void frames(String frame, ErrorCode code, String id, String message) {
        expect(frame, code, id, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'type':'hello','device':{'id':'d','platform':'web'}                 | token: missing
            'type':'hello','token':'','device':{'id':'d','platform':'web'}      | token: empty
            'type':'hello','token':{'secret':1},'device':{}                     | token: an object (expected: text
            'type':'hello','token':'t'                                          | device: missing (expected: object)
            'type':'hello','token':'t','device':'web'                           | device: a text
            'type':'hello','token':'t','device':{'platform':'web'}              | device.id: missing
            'type':'hello','token':'t','device':{'id':'','platform':'web'}      | device.id: "" (expected: text of 1..64
            'type':'hello','token':'t','device':{'id':'d'}                      | device.platform: missing
            'type':'hello','token':'t','device':{'id':'d','platform':'WEB'}     | device.platform: "WEB" (expected: one of web,
            'type':'hello','token':'t','device':{'id':'d','platform':'web','name':1} | device.name: a number
            'type':'read','seq':1                                               | conversation: missing
            'type':'read','conversation':5,'seq':1                              | conversation: 5
            'type':'read','conversation':'d.2.1','seq':1                        | conversation: "d.2.1" (expected: d.<low>
            'type':'read','conversation':'d.1.02','seq':1                       | conversation: "d.1.02"
            'type':'read','conversation':'g.0','seq':1                          | conversation: "g.0"
            'type':'read','conversation':'g.9007199254740992','seq':1           | conversation: "g.9007199254740992"
            'type':'read','conversation':'g.1'                                  | seq: missing
            'type':'read','conversation':'g.1','seq':'x'                        | seq: "x" (expected: integer from 0 to 9007199254740991)
            'type':'read','conversation':'g.1','seq':-1                         | seq: -1
            'type':'read','conversation':'g.1','seq':5.0                        | seq: 5.0
            'type':'read','conversation':'g.1','seq':5e0                        | seq: 5e0
            'type':'read','conversation':'g.1','seq':9007199254740992           | seq: 9007199254740992
            'type':'read','conversation':'g.1','seq':99999999999999999999999    | seq: 99999999999999999999999
            'type':'read','conversation':'g.1','seq':true                       | seq: true
            'type':'listened','conversation':'g.1','seq':0                      | seq: 0 (expected: integer from 1 to
            'type':'recall','conversation':'g.1','seq':0                        | seq: 0
            'type':'react','conversation':'g.1','seq':1,'emoji':'','active':true | emoji: empty
            'type':'react','conversation':'g.1','seq':1,'emoji':'x'             | active: missing
            'type':'typing','conversation':'g.1','active':'yes'                 | active: "yes" (expected: true or false)
            'type':'typing','conversation':'g.1','active':1                     | active: 1
            'type':'history','conversation':'g.1'                               | after, before: missing
            'type':'history','conversation':'g.1','after':0,'before':9          | after, before: both
            'type':'history','conversation':'g.1','before':0                    | before: 0
            'type':'history','conversation':'g.1','after':0,'limit':0           | limit: 0 (expected: integer from 1 to 200)
            'type':'history','conversation':'g.1','after':0,'limit':'all'       | limit: "all"
            'type':'sync'                                                       | since: missing
            'type':'sync','since':0,'cursor':5                                  | cursor: 5
            'type':'sync','since':0,'cursor':''                                 | cursor: ""
            'type':'presence'                                                   | users: missing
            'type':'presence','users':7                                         | users: 7 (expected: list)
            'type':'presence','users':[7,'8']                                   | users: "8"
            'type':'presence','users':[0]                                       | users: 0
            'type':'presence','users':[null]                                    | users: missing
            'type':'edit','conversation':'g.1','seq':1                          | content: missing
            'type':'send','conversation':'g.1','content':{}                     | clientId: missing
            'type':'send','conversation':'g.1','clientId':'','content':{}       | clientId: ""
            'type':'send','conversation':'g.1','clientId':'c'                   | content: missing
            'type':'send','conversation':'g.1','clientId':'c','content':'hello' | content: a text (expected: object)
            'type':'send','conversation':'g.1','clientId':'c','content':{'kind':'text','text':'t'},'replyTo':0     | replyTo: 0
            'type':'send','conversation':'g.1','clientId':'c','content':{'kind':'text','text':'t'},'mentions':'me' | mentions: "me" (expected: "all" or
            'type':'send','conversation':'g.1','clientId':'c','content':{'kind':'text','text':'t'},'mentions':[[]] | mentions: a list
            'type':'send','conversation':'g.1','clientId':'c','content':{'kind':'text','text':'t'},'priority':'low' | priority: "low" (expected: one of normal, high)
            """)
    void fields(String fields, String message) {
        expect("{" + fields + ",'id':'i'}", ErrorCode.MALFORMED, "i", message);
        expect("{'id':'i'," + fields + "}", ErrorCode.MALFORMED, "i", message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'text':'t'                                                    | MALFORMED   | content.kind: missing
            'kind':'poll'                                                 | UNSUPPORTED | content.kind: "poll" (expected: one of text,
            'kind':'text'                                                 | MALFORMED   | content.text: missing
            'kind':'text','text':''                                       | MALFORMED   | content.text: empty
            'kind':'text','text':5                                        | MALFORMED   | content.text: a number
            'kind':'text','text':'secret \\udc00'                         | MALFORMED   | content.text: half a surrogate pair (expected: Unicode text)
            'kind':'image','width':1,'height':1                           | MALFORMED   | content.file: missing
            'kind':'image','file':1,'width':0,'height':1                  | MALFORMED   | content.width: 0
            'kind':'image','file':1,'width':1,'height':65536              | MALFORMED   | content.height: 65536
            'kind':'voice','file':1                                       | MALFORMED   | content.durationMs: missing
            'kind':'voice','file':1,'durationMs':86400001                 | MALFORMED   | content.durationMs: 86400001
            'kind':'voice','file':1,'durationMs':1,'waveform':[256]       | MALFORMED   | content.waveform: a number
            'kind':'video','file':1,'width':1,'height':1,'durationMs':1   | MALFORMED   | content.cover: missing
            'kind':'file','file':1,'name':'','size':1,'mime':'m'          | MALFORMED   | content.name: empty
            'kind':'file','file':1,'name':'n','size':-1,'mime':'m'        | MALFORMED   | content.size: -1
            'kind':'sticker','pack':'p'                                   | MALFORMED   | content.name: missing
            'kind':'location','lat':91,'lon':0                            | MALFORMED   | content.lat: a number (expected: number from -90.0 to 90.0)
            'kind':'location','lat':0,'lon':-180.01                       | MALFORMED   | content.lon: a number
            'kind':'location','lat':1e999,'lon':0                         | MALFORMED   | content.lat: a number
            'kind':'location','lat':'0','lon':0                           | MALFORMED   | content.lat: a text
            'kind':'card'                                                 | MALFORMED   | content: card (expected: exactly one of user and group)
            'kind':'card','user':1,'group':1                              | MALFORMED   | content: card
            'kind':'custom','data':{}                                     | MALFORMED   | content.schema: missing
            'kind':'custom','schema':'s'                                  | MALFORMED   | content.data: missing
            """)
    void contents(String content, ErrorCode code, String message) {
        expect(
                "{'type':'send','id':'i','conversation':'g.1','clientId':'c','content':{" + content + "}}",
                code,
                "i",
                message);
        expect("{'content':{" + content + "},'seq':1,'conversation':'g.1','type':'edit','id':'i'}", code, "i", message);
    }

    @Test
    void whatPeopleWriteIsNotQuoted() {
        expect(
                "{'type':'hello','id':'i','token':['abc']}",
                ErrorCode.MALFORMED,
                "i",
                "token: a list (expected: text of 1..8192 bytes)");
        expect(
                "{'type':'Ä\\n\\u0000" + "x".repeat(100) + "'}",
                ErrorCode.UNSUPPORTED,
                "-",
                "type: \"Ä??" + "x".repeat(37) + "…\" (expected");
    }

    @Test
    void depthIsBounded() {
        expect(
                "{'id':'i','x':" + "[".repeat(31) + "]".repeat(31) + ",'type':'nope'}",
                ErrorCode.UNSUPPORTED,
                "i",
                "type");
        expect(
                "{'id':'i','x':" + "[".repeat(32) + "]".repeat(32) + ",'type':'ping'}",
                ErrorCode.MALFORMED,
                "i",
                "frame: too deep");
        expect("{'content':".repeat(20_000), ErrorCode.MALFORMED, "-", "frame: too deep");
        expect("{'id':'i','x':" + "1".repeat(1001) + "}", ErrorCode.MALFORMED, "i", "frame: too deep, or a number");
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        for (byte[] bad : new byte[][] {
            {(byte) 0xFF},
            {(byte) 0xC0, (byte) 0x80},
            {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            {(byte) 0xE2, (byte) 0x82},
            {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
            {(byte) 0xF0, (byte) 0x80, (byte) 0x80, (byte) 0x80},
            {(byte) 0x80}
        }) {
            String text = new String(bad, StandardCharsets.ISO_8859_1);
            byte[] frame = ("{\"type\":\"ping\",\"x\":\"" + text + "\"}").getBytes(StandardCharsets.ISO_8859_1);
            expect(frame, ErrorCode.MALFORMED, "-", "frame: invalid UTF-8");
        }
        expect("\ufeff{'type':'ping'}", ErrorCode.MALFORMED, "-", "frame: no object");
        expect(
                "{'type':'ping'}".replace('\'', '"').getBytes(StandardCharsets.UTF_16LE),
                ErrorCode.MALFORMED,
                "-",
                "frame: no object");
        expect(
                "{'type':'ping'}".replace('\'', '"').getBytes(StandardCharsets.UTF_16BE),
                ErrorCode.MALFORMED,
                "-",
                "frame: no object");
    }

    private void expect(String frame, ErrorCode code, String id, String message) {
        expect(frame.replace('\'', '"').getBytes(StandardCharsets.UTF_8), code, id, message);
    }

    private void expect(byte[] frame, ErrorCode code, String id, String message) {
        Decoded decoded = codec.decodeRequest(frame);
        assertThat(decoded.id()).isEqualTo(id.equals("-") ? null : id);
        assertThat(decoded.command()).isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
            assertThat(rejected.rejection().message()).startsWith(message);
            assertThat(rejected.rejection().code()).isEqualTo(code);
        });
    }
}

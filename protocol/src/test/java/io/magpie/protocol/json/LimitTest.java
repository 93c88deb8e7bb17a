package io.magpie.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.protocol.Decoded;
import io.magpie.protocol.frame.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sizes below, at and above each bound. `%` in a frame stands for the text or list, apostrophes for quotation marks.
class LimitTest {
    private static final String SEND = "{'type':'send','id':'i','conversation':'g.1','clientId':'c','content':";
    private static final String TEXT = "'content':{'kind':'text','text':'t'}";

    private final JsonCodec codec = new JsonCodec();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            hello          | 8192 | {'type':'hello','token':'%','device':{'id':'d','platform':'web'}}
            device.id      | 64   | {'type':'hello','token':'t','device':{'id':'%','platform':'web'}}
            device.name    | 64   | {'type':'hello','token':'t','device':{'id':'d','platform':'web','name':'%'}}
            cursor         | 1024 | {'type':'sync','since':0,'cursor':'%'}
            emoji          | 64   | {'type':'react','conversation':'g.1','seq':1,'emoji':'%','active':true}
            clientId       | 64   | {'type':'send','conversation':'g.1','clientId':'%','content':{'kind':'text','text':'t'}}
            """)
    void texts(String name, int bound, String frame) {
        bound(name, bound, frame);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            text       | 8192 | {'kind':'text','text':'%'}
            blurhash   | 256  | {'kind':'image','file':1,'width':1,'height':1,'blurhash':'%'}
            transcript | 8192 | {'kind':'voice','file':1,'durationMs':1,'transcript':'%'}
            name       | 1024 | {'kind':'file','file':1,'name':'%','size':1,'mime':'m'}
            mime       | 256  | {'kind':'file','file':1,'name':'n','size':1,'mime':'%'}
            pack       | 1024 | {'kind':'sticker','pack':'%','name':'n'}
            sticker    | 1024 | {'kind':'sticker','pack':'p','name':'%'}
            label      | 1024 | {'kind':'location','lat':1,'lon':1,'label':'%'}
            schema     | 256  | {'kind':'custom','schema':'%','data':1}
            """)
    void contents(String name, int bound, String content) {
        bound(name, bound, SEND + content + "}");
    }

    private void bound(String name, int bound, String frame) {
        for (String character : new String[] {"x", "é", "中", "😀", "\\\\", "\\u0000", "\\ud83d\\ude00"}) {
            int size = character.startsWith("\\") ? character.length() == 12 ? 4 : 1 : Utf8.length(character);
            String filled = character.repeat(bound / size) + "x".repeat(bound % size);
            assertThat(code(frame.replace("%", filled.substring(character.length()))))
                    .as(name + " below")
                    .isNull();
            assertThat(code(frame.replace("%", filled))).as(name + " at").isNull();
            assertThat(code(frame.replace("%", filled + "x")))
                    .as(name + " above")
                    .isEqualTo(ErrorCode.TOO_LARGE);
        }
    }

    @Test
    void idsAreBoundedAndNotEchoedWhenTheyAreNot() {
        String at = "é".repeat(32);
        assertThat(decode("{'type':'ping','id':'" + at + "'}").id()).isEqualTo(at);
        assertThat(decode("{'type':'ping','id':''}").id()).isEmpty();
        assertThat(decode("{'type':'ping','id':'" + at + "x'}").id()).isNull();
        assertThat(code("{'type':'ping','id':'" + at + "x'}")).isEqualTo(ErrorCode.TOO_LARGE);
    }

    @Test
    void lists() {
        assertThat(code("{'type':'presence','users':" + list(500) + "}")).isNull();
        assertThat(code("{'type':'presence','users':" + list(501) + "}")).isEqualTo(ErrorCode.TOO_LARGE);
        assertThat(code("{'type':'presence','users':[]}")).isNull();
        String send = "{'type':'send','conversation':'g.1','clientId':'c'," + TEXT + ",'mentions':";
        assertThat(code(send + list(500) + "}")).isNull();
        assertThat(code(send + list(501) + "}")).isEqualTo(ErrorCode.TOO_LARGE);
        String voice = SEND + "{'kind':'voice','file':1,'durationMs':1,'waveform':";
        assertThat(code(voice + list(512).replaceAll("\\d+", "255") + "}}")).isNull();
        assertThat(code(voice + list(513).replaceAll("\\d+", "255") + "}}")).isEqualTo(ErrorCode.TOO_LARGE);
    }

    @Test
    void historyLimit() {
        String history = "{'type':'history','conversation':'g.1','after':0,'limit':";
        assertThat(code(history + "1}")).isNull();
        assertThat(code(history + "200}")).isNull();
        assertThat(code(history + "201}")).isEqualTo(ErrorCode.TOO_LARGE);
        assertThat(code(history + "9007199254740993}")).isEqualTo(ErrorCode.TOO_LARGE);
    }

    @Test
    void customDataCountsWithoutWhiteSpace() {
        String custom = SEND + "{'kind':'custom','schema':'s','data':%}}";
        String data = "[ '" + "x".repeat(8188) + "' \n\t ]";
        assertThat(code(custom.replace("%", data))).isNull();
        assertThat(code(custom.replace("%", data.replace("]", ",1]")))).isEqualTo(ErrorCode.TOO_LARGE);
        assertThat(code(custom.replace("%", "'" + "中".repeat(2730) + "'"))).isNull();
        assertThat(code(custom.replace("%", "'" + "中".repeat(2731) + "'"))).isEqualTo(ErrorCode.TOO_LARGE);
    }

    private static String list(int size) {
        return IntStream.rangeClosed(1, size).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));
    }

    private @Nullable ErrorCode code(String frame) {
        return switch (decode(frame).command()) {
            case Outcome.Done<?> _ -> null;
            case Outcome.Rejected<?>(var rejection) -> rejection.code();
        };
    }

    private Decoded decode(String frame) {
        return codec.decodeRequest(frame.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}

package io.magpie.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.command.Command;
import io.magpie.core.command.Request;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Content;
import io.magpie.core.log.Mentions;
import io.magpie.core.outcome.Outcome;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Custom data goes through as it was written, but for the white space between its tokens.
class PassedOnDataTest {
    private final JsonCodec codec = new JsonCodec();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                              | {}
            ` [ 1 , 2.50 , -0 , 1E+3 ] `    | [1,2.50,-0,1E+3]
            {"a" : {"b" : [ ] } }           | {"a":{"b":[]}}
            `"a  b"`                        | "a  b"
            `{ " x " : " , : " }`           | {" x ":" , : "}
            "\\" \\\\"                      | "\\" \\\\"
            `[ "\\\\\\" , " , "\\\\" ]`     | ["\\\\\\" , ","\\\\"]
            "\\u0041\\ud800\\/"             | "\\u0041\\ud800\\/"
            "é中😀"                          | "é中😀"
            null                            | null
            ` true `                        | true
            12345678901234567890.10         | 12345678901234567890.10
            {"data":{"data":1},"data":2}    | {"data":{"data":1},"data":2}
            """)
    void dataIsKept(String written, String kept) {
        Content content = new Content.Custom("s", kept);
        Command send =
                new Command.Send(ConversationId.group(1), "é", content, 0, Mentions.NONE, Command.Priority.NORMAL);
        String fields = "\"type\":\"send\",\"conversation\":\"g.1\",\"clientId\":\"é\",\"id\":\"中\"";
        for (String frame : new String[] {
            "{" + fields + ",\"content\":{\"kind\":\"custom\",\"schema\":\"s\",\"data\":" + written + "}}",
            "{\"content\" :{\"data\" : \n" + written + "\t,\"schema\":\"s\",\"kind\":\"custom\"}," + fields + "}"
        }) {
            Decoded decoded = codec.decodeRequest(frame.getBytes(StandardCharsets.UTF_8));
            assertThat(decoded).isEqualTo(new Decoded("中", Outcome.done(send)));
        }
        byte[] again = codec.encodeRequest(new Request("中", send));
        assertThat(new String(again, StandardCharsets.UTF_8)).contains("\"data\":" + kept + "}");
        assertThat(codec.decodeRequest(again).command()).isEqualTo(Outcome.done(send));
    }
}

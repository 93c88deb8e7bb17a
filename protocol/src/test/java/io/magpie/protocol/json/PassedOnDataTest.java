package io.magpie.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.command.Command;
import io.magpie.core.command.ConversationItem;
import io.magpie.core.command.Reply;
import io.magpie.core.command.Request;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.Member;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Entry;
import io.magpie.core.log.Mentions;
import io.magpie.core.outcome.Outcome;
import io.magpie.protocol.Decoded;
import io.magpie.protocol.ServerFrame;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
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
            Decoded decoded = decode(frame);
            assertThat(decoded).isEqualTo(new Decoded("中", Outcome.done(send)));
        }
        byte[] again = codec.encodeRequest(new Request("中", send));
        assertThat(new String(again, StandardCharsets.UTF_8)).contains("\"data\":" + kept + "}");
        assertThat(codec.decodeRequest(again).command()).isEqualTo(Outcome.done(send));
    }

    @Test
    void theDeepestDataComesBackInEveryFrame() {
        String deepest = "[".repeat(30) + "]".repeat(30);
        String frame = "{\"type\":\"send\",\"conversation\":\"g.1\",\"clientId\":\"c\",\"content\":"
                + "{\"kind\":\"custom\",\"schema\":\"s\",\"data\":%s}}";
        Content content = new Content.Custom("s", deepest);
        ConversationId group = ConversationId.group(1);
        assertThat(decode(frame.formatted(deepest)).command())
                .isEqualTo(
                        Outcome.done(new Command.Send(group, "c", content, 0, Mentions.NONE, Command.Priority.NORMAL)));
        assertThat(decode(frame.formatted("[" + deepest + "]")).command()).isInstanceOf(Outcome.Rejected.class);

        Body body = new Body.Edit(1, content);
        JsonBodyCodec bodies = new JsonBodyCodec();
        assertThat(bodies.decode(bodies.encode(body))).isEqualTo(body);
        Entry entry = new Entry(group, 1, 2, 3, null, body);
        Reply conversations = new Reply.Conversations(
                List.of(new ConversationItem(
                        group, "t", "", Member.State.MEMBER, 1, 1, 0, 0, false, false, false, false, entry)),
                1,
                null);
        for (Reply reply : List.of(new Reply.Entries(group, List.of(entry), false), conversations)) {
            assertThat(codec.decodeServerFrame(codec.encodeReply("i", reply)))
                    .isEqualTo(new ServerFrame.Answer("i", reply));
        }
    }

    private Decoded decode(String frame) {
        return codec.decodeRequest(frame.getBytes(StandardCharsets.UTF_8));
    }
}

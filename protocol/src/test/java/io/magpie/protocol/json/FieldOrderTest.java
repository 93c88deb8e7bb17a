package io.magpie.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.outcome.Outcome;
import io.magpie.protocol.Decoded;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Fields come in any order, with strangers among them.
class FieldOrderTest {
    private final JsonCodec codec = new JsonCodec();

    @Test
    void anyOrderIsTheSameRequest() {
        List<String> content =
                List.of("\"kind\":\"file\"", "\"file\":7", "\"name\":\"n\"", "\"size\":9", "\"mime\":\"m\"");
        List<String> fields = List.of(
                "\"type\":\"send\"",
                "\"id\":\"i\"",
                "\"conversation\":\"d.1.2\"",
                "\"clientId\":\"c\"",
                "\"replyTo\":4");
        Decoded first = decode(object(fields, ",\"content\":" + object(content, "")));
        assertThat(first.command()).isInstanceOf(Outcome.Done.class);
        for (List<String> order : permutations(fields)) {
            assertThat(decode(object(order, ",\"content\":" + object(content, ""))))
                    .isEqualTo(first);
        }
        for (List<String> order : permutations(content)) {
            assertThat(decode("{\"content\":" + object(order, "") + "," + String.join(",", fields) + "}"))
                    .isEqualTo(first);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"seq\":5,\"conversation\":\"g.3\",\"id\":\"i\",\"type\":\"read\"}",
                " \t\r\n{ \"type\" : \"read\" , \"id\" : \"i\",\"conversation\":\"g.3\" ,\"seq\" : 5 } \n",
                "{\"type\":\"read\",\"id\":\"i\",\"conversation\":\"g.3\",\"seq\":5,\"x\":{\"seq\":[1,{\"type\":null}]}}",
                "{\"type\":\"read\",\"id\":\"i\",\"conversation\":\"g.3\",\"seq\":5,\"token\":[{}],\"limit\":\"x\",\"content\":5}",
                "{\"type\":\"read\",\"id\":\"i\",\"conversation\":\"g.3\",\"seq\":5,\"content\":{\"kind\":\"poll\"},\"users\":[null]}",
                "{\"type\":\"send\",\"seq\":\"x\",\"id\":4,\"conversation\":\"d.2.1\",\"seq\":5,\"id\":\"i\",\"conversation\":\"g.3\",\"type\":\"read\"}",
                "{\"\\u0074ype\":\"re\\u0061d\",\"id\":\"i\",\"conversation\":\"g\\u002e3\",\"seq\":5}",
                "{\"type\":\"read\",\"id\":\"i\",\"conversation\":\"g.3\",\"seq\":5,\"cursor\":null,\"content\":null}"
            })
    void strangersAndRepetitionsChangeNothing(String frame) {
        assertThat(decode(frame))
                .isEqualTo(decode("{\"type\":\"read\",\"id\":\"i\",\"conversation\":\"g.3\",\"seq\":5}"));
        assertThat(decode(frame).command()).isInstanceOf(Outcome.Done.class);
    }

    private Decoded decode(String frame) {
        return codec.decodeRequest(frame.getBytes(StandardCharsets.UTF_8));
    }

    private static String object(List<String> fields, String tail) {
        return "{" + String.join(",", fields) + tail + "}";
    }

    private static List<List<String>> permutations(List<String> items) {
        if (items.isEmpty()) {
            return List.of(List.of());
        }
        List<List<String>> all = new ArrayList<>();
        for (String first : items) {
            List<String> rest = new ArrayList<>(items);
            rest.remove(first);
            for (List<String> tail : permutations(rest)) {
                List<String> order = new ArrayList<>(List.of(first));
                order.addAll(tail);
                all.add(order);
            }
        }
        return all;
    }
}

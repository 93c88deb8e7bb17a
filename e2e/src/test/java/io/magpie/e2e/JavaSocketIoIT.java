package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.e2e.harness.Node;
import io.magpie.e2e.harness.Person;
import io.magpie.e2e.harness.SharedNode;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.json.JSONObject;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The Java client `io.socket:socket.io-client`, as Android applications use it.
@ExtendWith(SharedNode.class)
class JavaSocketIoIT {
    private final Node node;

    JavaSocketIoIT(Node node) {
        this.node = node;
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "polling,websocket"})
    void aConversation(String transports) throws Exception {
        var options = new IO.Options();
        options.transports = transports.split(",", -1);
        options.auth = Map.of("token", node.token("java-sio-" + transports.length()));
        options.forceNew = true;
        Socket socket = IO.socket(URI.create("http://" + node.realtime()), options);
        BlockingQueue<JSONObject> frames = new LinkedBlockingQueue<>();
        BlockingQueue<JSONObject> messages = new LinkedBlockingQueue<>();
        socket.on("magpie", arguments -> frames.add((JSONObject) arguments[0]));
        socket.on("private_message", arguments -> messages.add((JSONObject) arguments[0]));
        try (var ada = Person.of(node, "java-ada-" + transports.length())) {
            socket.connect();
            long me = next(frames).getLong("userId");
            String conversation = "d." + Math.min(ada.id(), me) + "." + Math.max(ada.id(), me);
            for (int i = 0; i < 20; i++) {
                ada.say(conversation, "to java " + i);
                assertThat(next(messages).getString("content")).isEqualTo("to java " + i);
                var answer = new CompletableFuture<JSONObject>();
                socket.emit(
                        "send_message",
                        new Object[] {
                            new JSONObject(Map.of("toUserId", ada.id(), "messageType", 1, "content", "from java " + i))
                        },
                        (Ack) arguments -> answer.complete((JSONObject) arguments[0]));
                var data = answer.get(Person.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                        .getJSONObject("data");
                var entry = ada.await(p -> p.path("type").asString("").equals("entry"), "entry");
                assertThat(conversation + ":" + entry.path("seq").asLong()).isEqualTo(data.getString("messageId"));
                assertThat(entry.path("body").path("content").path("text").asString())
                        .isEqualTo("from java " + i);
            }
        } finally {
            socket.close();
        }
    }

    private static JSONObject next(BlockingQueue<JSONObject> queue) throws InterruptedException {
        var one = queue.poll(Person.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(one).isNotNull();
        return one;
    }
}

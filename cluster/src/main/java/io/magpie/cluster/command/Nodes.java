package io.magpie.cluster.command;

import io.magpie.cluster.FleetNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The HTTP doors of the nodes. Blocks; any thread.
final class Nodes implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /// What is asked to act may be busy.
    private static final Duration LONG_PATIENCE = Duration.ofSeconds(20);

    private static final Pattern STATE = Pattern.compile("\"node\":\"([^\"]+)\",\"state\":\"([a-z]+)\"");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final String key;

    /// @param key that opens the API of operators
    Nodes(String key) {
        this.key = key;
    }

    /// An answer, or why there is none.
    record Answer(int status, String body) {
        static final Answer REFUSED = new Answer(0, "");
        static final Answer SILENT = new Answer(-1, "");
    }

    Answer get(FleetNode node, String path) {
        return send(node, path, "GET", PATIENCE);
    }

    /// Whether one of these nodes has passed on that this one shall drain.
    boolean drain(List<FleetNode> through, FleetNode node) {
        return through.stream()
                .anyMatch(other -> send(other, "/api/v1/nodes/" + node.id() + "/drain", "POST", LONG_PATIENCE)
                                .status()
                        == 202);
    }

    /// States by node, as the first node that answers sees them.
    Map<String, String> states(List<FleetNode> nodes) {
        Map<String, String> states = new HashMap<>();
        Optional<Answer> answer = nodes.stream()
                .filter(node -> node.state() == FleetNode.State.UP)
                .map(node -> get(node, "/api/v1/nodes"))
                .filter(one -> one.status() == 200)
                .findFirst();
        answer.ifPresent(one ->
                STATE.matcher(one.body()).results().forEach(found -> states.put(found.group(1), found.group(2))));
        return states;
    }

    private Answer send(FleetNode node, String path, String method, Duration patience) {
        var request = HttpRequest.newBuilder(node.http().resolve(path))
                .timeout(patience)
                .header("Authorization", "Bearer " + key)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body());
        } catch (HttpTimeoutException _) {
            return Answer.SILENT;
        } catch (IOException _) {
            return Answer.REFUSED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.SILENT;
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}

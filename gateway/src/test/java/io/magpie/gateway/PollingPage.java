package io.magpie.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A Socket.IO page that only polls, packet by packet.
final class PollingPage implements AutoCloseable {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI session;

    PollingPage(InetSocketAddress address, String query) throws IOException, InterruptedException {
        var opening = "http://127.0.0.1:" + address.getPort() + "/socket.io/?EIO=4&transport=polling" + query;
        var open = http.send(HttpRequest.newBuilder(URI.create(opening)).build(), HttpResponse.BodyHandlers.ofString());
        if (open.statusCode() != 200) {
            throw new IOException(open.statusCode() + " " + open.body());
        }
        session = URI.create(
                opening + "&sid=" + open.body().substring(9, open.body().indexOf('"', 9)));
    }

    /// Admitted, with the answers to CONNECT read.
    static PollingPage admitted(InetSocketAddress address) throws IOException, InterruptedException {
        var page = new PollingPage(address, "");
        page.say("40{\"token\":\"good\"}");
        page.hear("42[\"magpie\",{\"type\":\"welcome\"");
        return page;
    }

    int say(String... packets) throws IOException, InterruptedException {
        return http.send(
                        request()
                                .POST(HttpRequest.BodyPublishers.ofString(String.join("\u001e", packets)))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /// The packets of one poll; its status if that is not 200.
    List<String> poll() throws IOException, InterruptedException {
        var answer = http.send(request().build(), HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() == 200
                ? List.of(answer.body().split("\u001e", -1))
                : List.of(Integer.toString(answer.statusCode()));
    }

    /// Polls until a packet begins like this; answers pings on the way.
    List<String> hear(String beginning) throws IOException, InterruptedException {
        List<String> heard = new ArrayList<>();
        while (heard.stream().noneMatch(packet -> packet.startsWith(beginning))) {
            for (var packet : poll()) {
                if (packet.equals("2")) {
                    say("3");
                } else {
                    heard.add(packet);
                }
            }
            if (heard.contains("400")) {
                throw new IOException("the session ended after " + heard);
            }
        }
        return heard;
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(session).timeout(Duration.ofSeconds(30));
    }

    /// Hangs up whatever it waits for.
    @Override
    public void close() {
        http.shutdownNow();
    }
}

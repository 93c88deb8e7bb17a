package io.magpie.adapter.nacos;

import io.magpie.core.cluster.Incarnation;
import io.magpie.core.cluster.Node;
import io.magpie.core.cluster.NodeFields;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The ephemeral instances of the service, one per incarnation of a node. Nacos knows an instance by address and
/// cluster; the latter is the incarnation's name, so that the end of one never removes a later one.
final class Instances {
    private static final String PATH = "/nacos/v3/client/ns/instance";
    private static final int SUCCESS = 0;
    private static final int NOT_FOUND = 21003;

    /// Nacos looks every five seconds who was silent for so long.
    private static final Map<String, String> LIFE = Map.of(
            "preserved.heart.beat.interval", "1000",
            "preserved.heart.beat.timeout", "4000",
            "preserved.ip.delete.timeout", "6000");

    private final Api api;
    private final NacosService service;
    private final Incarnation me;
    private final JsonMapper json = JsonMapper.builder().build();

    Instances(Api api, NacosService service, Incarnation me) {
        this.api = api;
        this.service = service;
        this.me = me;
    }

    void register(Node node) throws IOException {
        Map<String, String> metadata = new HashMap<>(NodeFields.of(node));
        metadata.putAll(LIFE);
        Map<String, String> parameters = instance(node);
        parameters.put("metadata", json.writeValueAsString(metadata));
        check(api.call("POST", PATH, parameters));
    }

    /// False if Nacos does not know the instance, any more.
    boolean beat(Node node) throws IOException {
        Map<String, String> parameters = instance(node);
        parameters.put("heartBeat", "true");
        JsonNode answer = api.call("POST", PATH, parameters);
        if (answer.path("code").asInt(-1) == NOT_FOUND) {
            return false;
        }
        check(answer);
        return true;
    }

    void deregister(Node node) throws IOException {
        check(api.call("DELETE", PATH, instance(node)));
    }

    /// Those that renew.
    List<Node> list() throws IOException {
        JsonNode answer = api.call("GET", PATH + "/list", service());
        check(answer);
        List<Node> nodes = new ArrayList<>();
        for (JsonNode instance : answer.path("data")) {
            if (instance.path("healthy").asBoolean(false)) {
                Map<String, String> metadata = new HashMap<>();
                instance.path("metadata")
                        .properties()
                        .forEach(each ->
                                metadata.put(each.getKey(), each.getValue().asString("")));
                NodeFields.node(metadata).ifPresent(nodes::add);
            }
        }
        return nodes;
    }

    private Map<String, String> instance(Node node) {
        URI address = URI.create(node.websocket());
        Map<String, String> parameters = service();
        parameters.put("ip", address.getHost() == null ? "127.0.0.1" : address.getHost());
        parameters.put("port", Integer.toString(Math.max(address.getPort(), 1)));
        parameters.put("clusterName", me.node().replaceAll("[^A-Za-z0-9]", "-") + "-" + me.number());
        parameters.put("ephemeral", "true");
        return parameters;
    }

    private Map<String, String> service() {
        return new HashMap<>(Map.of(
                "namespaceId", service.namespace(), "groupName", service.group(), "serviceName", service.name()));
    }

    private static void check(JsonNode answer) throws IOException {
        if (answer.path("code").asInt(-1) != SUCCESS) {
            throw new IOException("Nacos answers " + answer.path("code") + " "
                    + answer.path("message").asString(""));
        }
    }
}

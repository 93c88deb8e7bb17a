package io.magpie.server.http;

import io.magpie.core.cluster.Fact;
import io.magpie.core.cluster.Incarnation;
import io.magpie.core.cluster.Recipient;
import io.magpie.core.cluster.Relay;
import io.magpie.core.node.OwnDrain;
import io.magpie.core.node.Placement;
import io.magpie.core.outcome.ErrorCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// For those who run the service: back ends as themselves.
@RestController
@RequestMapping("/api/v1/nodes")
@Tag(name = "Nodes")
class NodesController {
    private final Placement placement;
    private final Relay relay;
    private final Incarnation me;
    private final OwnDrain drain;

    NodesController(Placement placement, Relay relay, Incarnation me, OwnDrain drain) {
        this.placement = placement;
        this.relay = relay;
        this.me = me;
        this.drain = drain;
    }

    record NodeView(String node, String state, long sessions, String websocket, String tcp, String socketio) {}

    @Operation(summary = "The nodes that live, as this one sees them")
    @GetMapping
    Items<NodeView> nodes(Reader reader) {
        operator(reader);
        return new Items<>(placement.nodes().stream()
                .map(node -> new NodeView(
                        node.id(),
                        node.state().name().toLowerCase(Locale.ROOT),
                        node.load(),
                        node.websocket(),
                        node.tcp(),
                        node.socketio()))
                .toList());
    }

    @Operation(summary = "Drain a node: its clients are sent elsewhere, then it stops, as by SIGTERM")
    @PostMapping("/{node}/drain")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void drain(@PathVariable String node, Reader reader) {
        operator(reader);
        if (placement.nodes().stream().noneMatch(living -> living.id().equals(node))) {
            throw new RejectedRequest(ErrorCode.NOT_FOUND, "node: none with the name " + node + " lives");
        }
        if (node.equals(me.node())) {
            drain.begin();
        } else {
            relay.offer(new Recipient.OneNode(node), new Fact.Drain());
        }
    }

    private static void operator(Reader reader) {
        if (!reader.backEnd() || !reader.itself()) {
            throw new RejectedRequest(ErrorCode.FORBIDDEN, "nodes: for back ends as themselves only");
        }
    }
}

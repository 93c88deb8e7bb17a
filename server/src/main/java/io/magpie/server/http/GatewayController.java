package io.magpie.server.http;

import io.magpie.core.node.Placement;
import io.magpie.core.outcome.ErrorCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/gateway")
@Tag(name = "Gateway")
class GatewayController {
    /// Stand for "whatever name you reached me by" in an announced address.
    private static final String ANY_HOST = "0.0.0.0";

    private static final String ANY_IPV6_HOST = "[::]";

    private final Placement placement;

    GatewayController(Placement placement) {
        this.placement = placement;
    }

    record Gateway(
            String node,
            String websocket,
            @Nullable String tcp,
            @Nullable String socketio) {}

    @Operation(summary = "Where to connect now: the user's home, or the least loaded node that takes sessions")
    @GetMapping
    Gateway gateway(Reader reader, HttpServletRequest request) {
        String host = request.getServerName();
        return placement
                .of(reader.user())
                .map(node -> new Gateway(
                        node.id(),
                        reachable(node.websocket(), host),
                        Fields.unlessEmpty(reachable(node.tcp(), host)),
                        Fields.unlessEmpty(reachable(node.socketio(), host))))
                .orElseThrow(() -> new RejectedRequest(ErrorCode.UNAVAILABLE, "gateway: no node takes sessions now"));
    }

    private static String reachable(String address, String host) {
        return address.replace(ANY_HOST, host).replace(ANY_IPV6_HOST, host);
    }
}

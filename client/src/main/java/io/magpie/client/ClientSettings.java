package io.magpie.client;

import io.magpie.core.device.Device;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// How a client connects and behaves.
///
/// @param address where to connect; asked before every attempt, any thread. A failure counts as a failed
///     attempt
/// @param protocol what is spoken there
/// @param token session token or JWT
/// @param recent how many missed entries of a conversation [CatchUp#RECENT] follows
/// @param outboxLimit messages waiting; one more fails at once
/// @param backoffFirst the longest wait before the first reconnect, doubled for each further one
/// @param backoffMax the longest wait of all
/// @param answerWithin a connection that lets a request wait longer is dropped
public record ClientSettings(
        Supplier<CompletableFuture<URI>> address,
        Protocol protocol,
        String token,
        Device device,
        CatchUp catchUp,
        int recent,
        int outboxLimit,
        Duration backoffFirst,
        Duration backoffMax,
        Duration answerWithin) {

    public static ClientSettings of(URI address, String token, Device device) {
        return of(() -> CompletableFuture.completedFuture(address), token, device);
    }

    public static ClientSettings of(Supplier<CompletableFuture<URI>> address, String token, Device device) {
        return new ClientSettings(
                address,
                Protocol.JSON,
                token,
                device,
                CatchUp.RECENT,
                200,
                10_000,
                Duration.ofMillis(500),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10));
    }

    public ClientSettings with(CatchUp other) {
        return new ClientSettings(
                address, protocol, token, device, other, recent, outboxLimit, backoffFirst, backoffMax, answerWithin);
    }

    public ClientSettings withBackoff(Duration first, Duration max) {
        return new ClientSettings(
                address, protocol, token, device, catchUp, recent, outboxLimit, first, max, answerWithin);
    }

    public ClientSettings withAnswerWithin(Duration limit) {
        return new ClientSettings(
                address, protocol, token, device, catchUp, recent, outboxLimit, backoffFirst, backoffMax, limit);
    }

    public ClientSettings over(Protocol other) {
        return new ClientSettings(
                address, other, token, device, catchUp, recent, outboxLimit, backoffFirst, backoffMax, answerWithin);
    }
}

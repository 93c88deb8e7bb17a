package io.magpie.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.command.Command;
import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.core.device.Device;
import io.magpie.core.device.Platform;
import io.magpie.core.dispatch.Dispatcher;
import io.magpie.core.session.TestConnection;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A logout at the worst moment: after the token of a `hello` was looked up, before the session is registered.
class LogoutRaceHttpTest extends HttpTest {
    private static final long PATIENCE_S = 30;

    private final LinkedBlockingQueue<Runnable> lane = new LinkedBlockingQueue<>();
    private final TestConnection connection = new TestConnection(lane::add);

    @Test
    void whoLoggedOutWhileSayingHelloDoesNotStay() throws InterruptedException {
        String token = loggedIn("ada");
        bean(Dispatcher.class)
                .hello(connection, "1", new Command.Hello(token, new Device("d", Platform.WEB, "")), _ -> {});
        var welcome = next();
        assertThat(call("DELETE", "/sessions/current", token, null).status()).isEqualTo(204);
        welcome.run();
        assertThat(connection.told()).singleElement().isInstanceOf(Reply.Welcome.class);
        next().run();
        assertThat(connection.told()).last().isEqualTo(new Event.Bye(Event.Bye.Reason.LOGGED_OUT));
    }

    private Runnable next() throws InterruptedException {
        var task = lane.poll(PATIENCE_S, TimeUnit.SECONDS);
        assertThat(task).as("what the connection is told").isNotNull();
        return task;
    }
}

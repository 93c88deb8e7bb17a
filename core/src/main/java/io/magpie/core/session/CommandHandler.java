package io.magpie.core.session;

import io.magpie.core.command.Command;
import io.magpie.core.command.Request;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the gateway hands everything to. All methods are called on the connection's lane, return at once and never
/// block; replies come by [Connection#reply], each on the lane, in any order.
public interface CommandHandler {
    /// Checks the token and admits the connection. Answers `welcome` after calling `admitted`, or an error. Other
    /// commands wait in the gateway until then.
    void hello(Connection connection, @Nullable String requestId, Command.Hello hello, Consumer<Session> admitted);

    /// Executes one command of an admitted session; `hello` and `bye` are about the connection and never come here.
    /// Commands of a session take effect in the order of the calls. Every one is replied to once, one without id
    /// included: the connection knows what becomes of that.
    void handle(Session session, Request request);

    /// The connection is gone. Called once for every admitted session.
    void closed(Session session);
}

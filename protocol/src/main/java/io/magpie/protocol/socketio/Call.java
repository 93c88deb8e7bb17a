package io.magpie.protocol.socketio;

import io.magpie.core.command.Command;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.outcome.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an event of the dialect asks.
public sealed interface Call {
    /// @param acknowledgement what the reply to the command becomes
    record Run(Command command, Acknowledgement acknowledgement) implements Call {}

    /// Typing and read marks of this conversation are wanted (again), or not.
    record Room(ConversationId conversation, boolean wanted) implements Call {}

    /// Who of these is online.
    ///
    /// @param users empty: those the user writes with
    record Online(List<Long> users) implements Call {}

    /// How a CONNECT packet is to be answered.
    ///
    /// @param demo the user said who it is, and nothing else
    record Hello(Command.Hello command, Pushes pushes, boolean demo) {}

    /// Which form pushes have.
    enum Pushes {
        /// Events of the dialect, and everything as the event `magpie`.
        BOTH,
        /// Events of the dialect, and what it has no event for as `magpie`.
        DIALECT,
        /// Only `magpie`.
        MAGPIE
    }

    /// What the acknowledgement of a command says beyond success.
    sealed interface Acknowledgement {
        /// @param user who sends
        record Sent(long user, Command.Send send) implements Acknowledgement {}

        record Done() implements Acknowledgement {}
    }

    /// @param auth the JSON object of CONNECT
    /// @param token of the request that opened the session, used where `auth` has none
    /// @param userId as `token`
    /// @param deviceId for who names no device
    static Outcome<Hello> hello(byte[] auth, @Nullable String token, @Nullable String userId, String deviceId) {
        try {
            return Outcome.done(DialectReader.hello(Arguments.of(auth), token, userId, deviceId));
        } catch (Arguments.Refused refused) {
            return Outcome.rejected(refused.rejection());
        }
    }

    /// @param argument one JSON object, or nothing
    /// @param user who asks
    /// @param clientId for a message that brings none
    static Outcome<Call> read(String event, byte[] argument, long user, String clientId) {
        try {
            return Outcome.done(DialectReader.call(event, Arguments.of(argument), user, clientId));
        } catch (Arguments.Refused refused) {
            return Outcome.rejected(refused.rejection());
        }
    }
}

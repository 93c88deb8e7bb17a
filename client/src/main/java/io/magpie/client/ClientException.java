package io.magpie.client;

import io.magpie.core.outcome.Rejection;

/// Why a future of a client failed.
public sealed class ClientException extends RuntimeException {
    private ClientException(String message) {
        super(message, null, false, false);
    }

    /// The server said no, or the outbox is full.
    public static final class Refused extends ClientException {
        private final transient Rejection rejection;

        public Refused(Rejection rejection) {
            super(rejection.code().wireName() + ": " + rejection.message());
            this.rejection = rejection;
        }

        public Rejection rejection() {
            return rejection;
        }
    }

    /// There is no connection, or it ended before the answer. Whether the request was carried out is unknown.
    public static final class Disconnected extends ClientException {
        public Disconnected(String message) {
            super(message);
        }
    }

    /// The client ended. What its outbox holds is kept by a durable copy.
    public static final class Ended extends ClientException {
        public Ended() {
            super("the client has ended");
        }
    }
}

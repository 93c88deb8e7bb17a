package io.magpie.client;

import io.magpie.protocol.Codec;
import java.net.URI;

/// How frames travel, and of which form they are.
public interface Transport {
    /// Of every frame.
    Codec codec();

    /// Begins to connect; returns at once.
    void open(URI address, Listener listener);

    /// Told in this order, never two at a time, on any thread: `opened` at most once, frames, `closed`
    /// exactly once.
    interface Listener {
        void opened(Link link);

        /// One frame for each [Link#pull].
        void frame(byte[] frame);

        /// @param why for people
        void closed(String why);
    }

    /// An open connection. Methods return at once; after the end they do nothing.
    interface Link {
        /// In the order of the calls, which come from one thread at a time.
        void send(byte[] frame);

        /// Ready for one more frame.
        void pull();

        /// Sends what is on its way and closes.
        void close();

        /// Closes at once.
        void abort();
    }
}

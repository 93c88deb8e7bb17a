package io.magpie.core.session;

import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import org.jspecify.annotations.Nullable;

/// One live connection, whatever its transport; the gateway implements it. Everything but [#lane] and [#address] is
/// called on the lane only.
///
/// Memory is bounded whatever the reader does: above the high watermark a push is dropped by its [Weight], the
/// lightest first, and what was dropped is told by one `lagging` when the reader is back; past the hard limit the
/// connection is closed `slow`.
public interface Connection {
    Lane lane();

    /// The client's address, for limits and logs.
    String address();

    void push(Event event, Weight weight);

    /// @param requestId the request's id; with null only [Reply.Failed] is sent
    void reply(@Nullable String requestId, Reply reply);

    /// Says `bye`, flushes, closes. Repeating it does nothing.
    void bye(Event.Bye bye);

    /// Flushes, closes: the client asked for it.
    void close();
}

package io.magpie.protocol;

import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.core.log.Body;
import org.jspecify.annotations.Nullable;

/// What a client receives.
///
/// A newer server may say more than this version can read; a client must still hold every entry, because seqs count:
/// - an entry whose body has an unknown kind, or cannot be read, carries [#UNKNOWN_BODY];
/// - unknown content becomes a `Custom` whose schema is [#UNKNOWN_CONTENT] followed by its kind, and whose data is
///   `null`;
/// - an unknown error code becomes `internal`, an unknown reason of `bye` becomes `draining`, unknown platforms and
///   conversations of unknown kinds are left out of lists.
public sealed interface ServerFrame {
    /// Stands for what cannot be read: an edit of nothing, so applying it changes nothing.
    Body UNKNOWN_BODY = new Body.Edit(0, null);

    String UNKNOWN_CONTENT = "unknown/";

    /// @param id null only for the error of a request that had none
    record Answer(@Nullable String id, Reply reply) implements ServerFrame {}

    record Push(Event event) implements ServerFrame {}

    /// The server asks for a sign of life, where the transport has no ping of its own.
    record Ping() implements ServerFrame {}

    /// To be ignored: a type this version does not know, or a push it cannot read.
    ///
    /// @param type empty if the frame is not even of the codec's form
    record Unknown(String type) implements ServerFrame {}
}

package io.magpie.core.message;

import io.magpie.core.log.Content;

/// Port: whether a content may be said here at all. Asked for every send and edit, on the sender's lane or a
/// worker: returns at once and does not block.
public interface Moderation {
    boolean allows(long user, Content content);
}

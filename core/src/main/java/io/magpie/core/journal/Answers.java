package io.magpie.core.journal;

import io.magpie.core.command.Reply;
import io.magpie.core.session.Connection;
import org.jspecify.annotations.Nullable;

/// Takes replies to live sessions; they leave together with the pushes of the same commit, in order.
public interface Answers {
    void answer(Connection to, @Nullable String requestId, Reply reply);
}

package io.magpie.core.journal;

import io.magpie.core.log.AppendResult;

/// Hears what became of one draft, once, on the committing thread; returns soon and never throws.
public interface Receipt {
    void settled(AppendResult result, Answers answers);
}

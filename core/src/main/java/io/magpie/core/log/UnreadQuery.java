package io.magpie.core.log;

import io.magpie.core.conversation.ConversationId;

/// Asks how much `user` has not read in seqs `afterSeq` (exclusive) to `toSeq` (inclusive).
public record UnreadQuery(ConversationId conversation, long user, long afterSeq, long toSeq) {}

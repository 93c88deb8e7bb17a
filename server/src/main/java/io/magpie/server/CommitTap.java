package io.magpie.server;

import io.magpie.core.journal.AfterCommit;
import io.magpie.core.transcription.VoiceQueue;
import org.jspecify.annotations.Nullable;

/// Who hears of every commit of this node, in a row that ends with delivery.
///
/// @param voices null where nobody writes down voice messages
record CommitTap(AfterCommit afterCommit, @Nullable VoiceQueue voices) {}

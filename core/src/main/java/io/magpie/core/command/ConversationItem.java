package io.magpie.core.command;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.Member;
import io.magpie.core.log.Entry;
import org.jspecify.annotations.Nullable;

/// A conversation as one user sees it.
///
/// @param title the group's name, or what the user calls the peer
/// @param avatar empty if none
/// @param firstSeq first seq this user may see
/// @param lastSeq last seq this user may see; less than `firstSeq` if there is nothing to see
/// @param unread by definition, to 1000 and no further
/// @param last the newest visible entry
public record ConversationItem(
        ConversationId conversation,
        String title,
        String avatar,
        Member.State state,
        long firstSeq,
        long lastSeq,
        long readSeq,
        int unread,
        boolean mentioned,
        boolean muted,
        boolean pinned,
        boolean hidden,
        @Nullable Entry last) {}

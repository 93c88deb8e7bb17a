package io.magpie.core.log;

import io.magpie.core.conversation.Member;

/// A line of a user's list of conversations: the user's place in one, and where its log ends.
public record Listed(Member member, Head head) {}

package io.magpie.core.group;

import io.magpie.core.conversation.JoinPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A group as its founder wants it.
///
/// @param members without the founder; repeated ids count once
/// @param password for [JoinPolicy#PASSWORD], and only for it
public record NewGroup(
        String name,
        String avatar,
        JoinPolicy joinPolicy,
        @Nullable String password,
        boolean historyOpen,
        List<Long> members) {
    @Override
    public String toString() {
        return "NewGroup[" + joinPolicy + ", " + members.size() + " members]";
    }
}

package io.magpie.core.group;

import io.magpie.core.conversation.Member;
import io.magpie.core.conversation.Role;
import org.jspecify.annotations.Nullable;

/// Where somebody stands towards a group.
public enum Place {
    OUTSIDER,
    MEMBER,
    ADMIN,
    OWNER;

    static Place of(@Nullable Member member) {
        return member == null || !member.current() ? OUTSIDER : of(member.role());
    }

    static Place of(Role role) {
        return switch (role) {
            case MEMBER -> MEMBER;
            case ADMIN -> ADMIN;
            case OWNER -> OWNER;
        };
    }
}

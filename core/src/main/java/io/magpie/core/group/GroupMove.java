package io.magpie.core.group;

import io.magpie.core.contact.Notices;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.Member;
import io.magpie.core.conversation.Members;
import io.magpie.core.conversation.Role;
import io.magpie.core.log.Body;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.store.Transaction;
import java.util.List;

/// One change to a group by one user, within one transaction: permission was read in it, and every table change has
/// its entry.
record GroupMove(Transaction tx, Group group, Place place, long actor, long now) {
    /// More users than this in one entry would make it larger than clients expect of a frame.
    private static final int USERS_PER_ENTRY = 1000;

    static Outcome<GroupMove> begin(Transaction tx, long group, long actor, GroupAction action, long now) {
        var standing = tx.on(Groups.Edits.class)
                .standing(group, actor)
                .filter(there -> !there.group().dissolved());
        if (standing.isEmpty()) {
            return Outcome.rejected(ErrorCode.NOT_FOUND, "group: no group " + group);
        }
        var place = Place.of(standing.get().member());
        var policy = standing.get().group().joinPolicy();
        return GroupPermissions.allows(action, policy, place)
                ? Outcome.done(new GroupMove(tx, standing.get().group(), place, actor, now))
                : refused(action, place);
    }

    private static <T> Outcome<T> refused(GroupAction action, Place place) {
        return switch (place) {
            case OUTSIDER ->
                switch (action) {
                    case JOIN, ASK_TO_JOIN ->
                        Outcome.rejected(ErrorCode.FORBIDDEN, "group: people are added to it, they do not join");
                    default -> Outcome.rejected(ErrorCode.NOT_MEMBER, "group: you are not a member");
                };
            case MEMBER, ADMIN, OWNER ->
                switch (action) {
                    case JOIN, ASK_TO_JOIN -> Outcome.rejected(ErrorCode.CONFLICT, "group: you are a member already");
                    case LEAVE ->
                        Outcome.rejected(
                                ErrorCode.CONFLICT, "group: you own it (expected: hand it over first, or dissolve it)");
                    default -> Outcome.rejected(ErrorCode.FORBIDDEN, "group: your role does not allow this");
                };
        };
    }

    ConversationId conversation() {
        return group.conversation();
    }

    Groups.Edits groups() {
        return tx.on(Groups.Edits.class);
    }

    Members.Edits members() {
        return tx.on(Members.Edits.class);
    }

    Outcome<Long> record(Body body) {
        return tx.record(conversation(), actor, body, now);
    }

    Outcome<Long> tell(long user, Body.NoticeEvent event) {
        return tell(user, new Body.Notice(event, actor, group.id(), 0, null));
    }

    Outcome<Long> tell(long user, Body.Notice notice) {
        return Notices.tell(tx, user, notice, now);
    }

    Outcome<List<Long>> tellAll(List<Long> users, Body.NoticeEvent event) {
        Outcome<List<Long>> told = Outcome.done(users);
        for (long user : users) {
            told = told.then(all -> tell(user, event).map(_ -> all));
        }
        return told;
    }

    /// A current member.
    Outcome<Member> member(long user) {
        return members()
                .find(conversation(), user)
                .filter(Member::current)
                .map(Outcome::done)
                .orElseGet(() -> Outcome.rejected(ErrorCode.NOT_FOUND, "user: " + user + " is not a member"));
    }

    /// A current member whom the actor outranks.
    Outcome<Member> lower(long user) {
        return member(user)
                .then(target -> GroupPermissions.outranks(role(), target.role())
                        ? Outcome.done(target)
                        : Outcome.rejected(
                                ErrorCode.FORBIDDEN, "user: " + user + " has a role that is not lower than yours"));
    }

    private Role role() {
        return switch (place) {
            case OWNER -> Role.OWNER;
            case ADMIN -> Role.ADMIN;
            case MEMBER, OUTSIDER -> Role.MEMBER;
        };
    }

    /// Lets users in who are no members now: they see from the entry that says so, or everything where the history
    /// is open.
    Outcome<List<Long>> letIn(List<Long> users, int maxMembers) {
        int count = members().count(conversation());
        if (count + users.size() > maxMembers) {
            return Outcome.rejected(
                    ErrorCode.CONFLICT,
                    "group: " + count + " members and " + users.size() + " more (expected: at most " + maxMembers
                            + ")");
        }
        Outcome<List<Long>> joined = Outcome.done(users);
        for (int from = 0; from < users.size(); from += USERS_PER_ENTRY) {
            var part = users.subList(from, Math.min(users.size(), from + USERS_PER_ENTRY));
            joined = joined.then(all -> joined(part).map(_ -> all));
        }
        return joined;
    }

    private Outcome<Long> joined(List<Long> users) {
        return record(new Body.MembersChanged(Body.MemberChange.JOINED, List.copyOf(users)))
                .map(seq -> {
                    members().join(conversation(), users, group.historyOpen() ? 1 : seq, now);
                    users.forEach(user -> groups().endJoinRequest(group.id(), user));
                    return seq;
                });
    }
}

package io.magpie.core.group;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.Member;
import io.magpie.core.conversation.Members;
import io.magpie.core.conversation.Role;
import io.magpie.core.journal.Journal;
import io.magpie.core.limit.TextRule;
import io.magpie.core.log.Body;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Adds, removes and changes members of groups. Every change is one transaction of tables and entries. Blocks.
public final class MembershipService {
    private static final TextRule NICKNAME = TextRule.line("nickname", 0, 64);

    private final Journal journal;
    private final Groups groups;
    private final Members members;
    private final GroupSettings settings;
    private final InstantSource clock;

    public MembershipService(
            Journal journal, Groups groups, Members members, GroupSettings settings, InstantSource clock) {
        this.journal = journal;
        this.groups = groups;
        this.members = members;
        this.settings = settings;
        this.clock = clock;
    }

    /// Current members by ascending user id, those after `after`; for members.
    public Outcome<List<Member>> list(long group, long viewer, long after, int limit) {
        return groups.standing(group, viewer)
                .filter(there -> !there.group().dissolved())
                .<Outcome<List<Member>>>map(there ->
                        GroupPermissions.allows(GroupAction.SEE, there.group().joinPolicy(), Place.of(there.member()))
                                ? Outcome.done(members.current(there.group().conversation(), after, limit))
                                : Outcome.rejected(ErrorCode.NOT_MEMBER, "group: you are not a member"))
                .orElseGet(() -> noGroup(group));
    }

    /// For a back end, which sees everything.
    public Outcome<List<Member>> list(long group, long after, int limit) {
        return groups.find(group)
                .map(there -> Outcome.done(members.current(there.conversation(), after, limit)))
                .orElseGet(() -> noGroup(group));
    }

    /// Adds those who are not members yet, and answers who they are. All or none.
    public Outcome<List<Long>> add(long group, long actor, List<Long> users) {
        if (users.size() > settings.maxMembers()) {
            return Outcome.rejected(
                    ErrorCode.TOO_LARGE,
                    "users: " + users.size() + " (expected: at most " + settings.maxMembers() + ")");
        }
        return journal.transact(tx -> GroupMove.begin(tx, group, actor, GroupAction.ADD, clock.millis())
                .then(move -> Newcomers.welcome(tx, actor, strangers(move, users), settings.friendsOnly())
                        .then(newcomers -> move.letIn(newcomers, settings.maxMembers()))
                        .then(joined -> move.tellAll(joined, Body.NoticeEvent.INVITED))));
    }

    /// Changes role, silence and nickname of one member, as far as `actor` may; all or none.
    public Outcome<Member> change(long group, long actor, long user, MemberPatch patch) {
        Outcome<String> nickname = NICKNAME.check(patch.nickname() == null ? "" : patch.nickname());
        return nickname.then(checked -> journal.transact(tx -> GroupMove.begin(
                        tx, group, actor, GroupAction.SEE, clock.millis())
                .then(move -> move.member(user)
                        .then(_ -> patch.role() == null ? Outcome.done(0L) : role(move, user, patch.role()))
                        .then(_ ->
                                patch.mutedUntil() == null ? Outcome.done(0L) : silence(move, user, patch.mutedUntil()))
                        .then(_ -> patch.nickname() == null ? Outcome.done(0L) : rename(move, user, checked))
                        .then(_ -> move.member(user)))));
    }

    /// The one removed sees the entry that says so, and is told.
    public Outcome<Long> remove(long group, long actor, long user) {
        return journal.transact(tx -> GroupMove.begin(tx, group, actor, GroupAction.REMOVE, clock.millis())
                .then(move -> move.lower(user)
                        .then(_ -> end(move, user, Body.MemberChange.REMOVED, Member.State.REMOVED))
                        .then(_ -> move.tell(user, Body.NoticeEvent.REMOVED))));
    }

    public Outcome<Long> leave(long group, long user) {
        return journal.transact(tx -> GroupMove.begin(tx, group, user, GroupAction.LEAVE, clock.millis())
                .then(move -> end(move, user, Body.MemberChange.LEFT, Member.State.LEFT)));
    }

    private static List<Long> strangers(GroupMove move, List<Long> users) {
        Set<Long> current = move.members().findAll(move.conversation(), users).stream()
                .filter(Member::current)
                .map(Member::user)
                .collect(Collectors.toSet());
        return users.stream().distinct().filter(user -> !current.contains(user)).toList();
    }

    private static Outcome<Long> end(GroupMove move, long user, Body.MemberChange change, Member.State state) {
        return move.record(new Body.MembersChanged(change, List.of(user))).map(seq -> {
            move.members().end(move.conversation(), List.of(user), state, seq, move.now());
            return seq;
        });
    }

    private static Outcome<Long> role(GroupMove move, long user, Role role) {
        if (role == Role.OWNER) {
            return Outcome.rejected(
                    ErrorCode.MALFORMED, "role: owner (expected: admin or member; hand over by …/owner)");
        }
        return may(move, GroupAction.CHANGE_ROLES)
                .then(_ -> move.lower(user))
                .then(target -> target.role() == role
                        ? Outcome.done(0L)
                        : move.record(new Body.MembersChanged(Body.MemberChange.ROLE, List.of(user), role, 0))
                                .map(seq -> {
                                    move.members().role(move.conversation(), user, role, move.now());
                                    return seq;
                                }));
    }

    private static Outcome<Long> silence(GroupMove move, long user, long given) {
        if (given < 0 || given > ConversationId.MAX_ID) {
            return Outcome.rejected(ErrorCode.MALFORMED, "mutedUntil: " + given + " (expected: a time, or 0)");
        }
        long until = given <= move.now() ? 0 : given;
        var body = new Body.MembersChanged(
                until == 0 ? Body.MemberChange.UNMUTED : Body.MemberChange.MUTED, List.of(user), null, until);
        return may(move, GroupAction.SILENCE)
                .then(_ -> move.lower(user))
                .then(target -> target.silencedUntil() == until
                        ? Outcome.done(0L)
                        : move.record(body).map(seq -> {
                            move.members().silence(move.conversation(), user, until, move.now());
                            return seq;
                        }));
    }

    private static Outcome<Long> rename(GroupMove move, long user, String nickname) {
        Outcome<?> allowed = user == move.actor()
                ? Outcome.done(user)
                : may(move, GroupAction.RENAME).then(_ -> move.lower(user));
        var body = new Body.MembersChanged(Body.MemberChange.NICKNAME, List.of(user), null, 0, nickname);
        return allowed.then(_ -> move.member(user))
                .then(target -> target.nickname().equals(nickname)
                        ? Outcome.done(0L)
                        : move.record(body).map(seq -> {
                            move.members().nickname(move.conversation(), user, nickname, move.now());
                            return seq;
                        }));
    }

    private static Outcome<GroupMove> may(GroupMove move, GroupAction action) {
        return GroupPermissions.allows(action, move.group().joinPolicy(), move.place())
                ? Outcome.done(move)
                : Outcome.rejected(ErrorCode.FORBIDDEN, "group: your role does not allow this");
    }

    private static <T> Outcome<T> noGroup(long group) {
        return Outcome.rejected(ErrorCode.NOT_FOUND, "group: no group " + group);
    }
}

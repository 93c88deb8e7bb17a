package io.magpie.core.group;

import io.magpie.core.account.PasswordHash;
import io.magpie.core.conversation.Member;
import io.magpie.core.conversation.Members;
import io.magpie.core.conversation.Role;
import io.magpie.core.file.FileRules;
import io.magpie.core.file.Files;
import io.magpie.core.journal.Journal;
import io.magpie.core.log.Body;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.store.Transaction;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Founds, shows, changes and dissolves groups. Every change is one transaction of tables and entries. Blocks.
public final class GroupService {
    private final Journal journal;
    private final Groups groups;
    private final Members members;
    private final GroupChanges changes;
    private final GroupSettings settings;
    private final InstantSource clock;

    public GroupService(
            Journal journal,
            Groups groups,
            Members members,
            PasswordHash passwords,
            GroupSettings settings,
            InstantSource clock) {
        this.journal = journal;
        this.groups = groups;
        this.members = members;
        this.changes = new GroupChanges(passwords);
        this.settings = settings;
        this.clock = clock;
    }

    /// The founder owns it. Those brought along are told, and must be people the founder may add.
    ///
    /// @param trusted whether a back end founds it, which may bring anybody together
    public Outcome<Group> create(long founder, NewGroup wanted, boolean trusted) {
        var others = wanted.members().stream()
                .filter(user -> user != founder)
                .distinct()
                .toList();
        if (others.size() >= settings.maxMembers()) {
            return Outcome.rejected(
                    ErrorCode.TOO_LARGE,
                    "members: " + others.size() + " (expected: at most " + (settings.maxMembers() - 1) + ")");
        }
        return changes.founded(wanted, founder, clock.millis())
                .then(group -> journal.transact(tx -> (trusted
                                ? Newcomers.known(tx, everybody(founder, others))
                                : Newcomers.welcome(tx, founder, others, settings.friendsOnly()))
                        .then(_ -> FileRules.avatar(tx.on(Files.Edits.class), founder, group.avatar(), ""))
                        .then(_ -> found(tx, group, others))));
    }

    /// Members see all of it, others its card. A dissolved group is seen by those who were in it at the end.
    public Outcome<GroupView> view(long group, long viewer) {
        return groups.standing(group, viewer)
                .filter(there -> !there.group().dissolved() || wasThereAtTheEnd(there.member()))
                .map(there -> view(there.group(), there.member()))
                .map(Outcome::done)
                .orElseGet(() -> Outcome.rejected(ErrorCode.NOT_FOUND, "group: no group " + group));
    }

    /// For a back end, which sees everything.
    public Outcome<GroupView> view(long group) {
        return groups.find(group)
                .map(there -> new GroupView(there, members.count(there.conversation()), true, null))
                .map(Outcome::done)
                .orElseGet(() -> Outcome.rejected(ErrorCode.NOT_FOUND, "group: no group " + group));
    }

    public Outcome<GroupView> change(long group, long actor, GroupPatch patch) {
        return changes.prepare(patch)
                .then(prepared ->
                        journal.transact(tx -> GroupMove.begin(tx, group, actor, GroupAction.EDIT, clock.millis())
                                .then(prepared::apply)))
                .then(_ -> view(group, actor));
    }

    /// The owner becomes an admin.
    public Outcome<Group> handOver(long group, long actor, long to) {
        return journal.transact(tx -> GroupMove.begin(tx, group, actor, GroupAction.HAND_OVER, clock.millis())
                .then(move -> move.member(to).then(target -> handOver(move, target))));
    }

    public Outcome<Long> dissolve(long group, long actor) {
        return journal.transact(tx -> GroupMove.begin(tx, group, actor, GroupAction.DISSOLVE, clock.millis())
                .then(GroupService::dissolve));
    }

    private Outcome<Group> found(Transaction tx, Group wanted, List<Long> others) {
        var group = tx.on(Groups.Edits.class).insert(wanted);
        var move = new GroupMove(tx, group, Place.OWNER, group.owner(), group.createdAt());
        return move.record(GroupEntries.created(group))
                .then(_ -> move.letIn(everybody(group.owner(), others), settings.maxMembers()))
                .then(_ -> {
                    move.members().openHistory(group.conversation(), group.createdAt());
                    move.members().role(group.conversation(), group.owner(), Role.OWNER, group.createdAt());
                    return move.tellAll(others, Body.NoticeEvent.INVITED);
                })
                .map(_ -> group);
    }

    private static List<Long> everybody(long founder, List<Long> others) {
        return Stream.concat(Stream.of(founder), others.stream()).toList();
    }

    private static Outcome<Group> handOver(GroupMove move, Member target) {
        if (target.user() == move.actor()) {
            return Outcome.rejected(ErrorCode.CONFLICT, "user: " + target.user() + " owns the group already");
        }
        var group = move.group().ownedBy(target.user());
        return move.record(GroupEntries.owner(target.user()))
                .then(_ -> move.record(
                        new Body.MembersChanged(Body.MemberChange.ROLE, List.of(move.actor()), Role.ADMIN, 0)))
                .map(_ -> {
                    move.members().role(move.conversation(), move.actor(), Role.ADMIN, move.now());
                    move.members().role(move.conversation(), target.user(), Role.OWNER, move.now());
                    move.groups().update(group);
                    return group;
                });
    }

    private static Outcome<Long> dissolve(GroupMove move) {
        var waiting = move.groups().joinRequests(move.group().id()).stream()
                .map(JoinRequest::user)
                .toList();
        return move.record(GroupEntries.dissolved()).then(seq -> {
            move.members().endAll(move.conversation(), Member.State.DISSOLVED, seq, move.now());
            move.groups().update(move.group().dissolved(move.now()));
            waiting.forEach(user -> move.groups().endJoinRequest(move.group().id(), user));
            return move.tellAll(waiting, Body.NoticeEvent.JOIN_DECLINED).map(_ -> seq);
        });
    }

    private GroupView view(Group group, @Nullable Member member) {
        boolean whole = GroupPermissions.allows(GroupAction.SEE, group.joinPolicy(), Place.of(member))
                || (group.dissolved() && wasThereAtTheEnd(member));
        return new GroupView(group, members.count(group.conversation()), whole, member);
    }

    private static boolean wasThereAtTheEnd(@Nullable Member member) {
        return member != null && member.state() == Member.State.DISSOLVED;
    }
}

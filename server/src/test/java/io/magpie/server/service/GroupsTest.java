package io.magpie.server.service;

import static io.magpie.server.service.World.code;
import static io.magpie.server.service.World.done;
import static io.magpie.server.service.World.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.account.Accounts;
import io.magpie.core.conversation.JoinPolicy;
import io.magpie.core.conversation.Member;
import io.magpie.core.conversation.Role;
import io.magpie.core.group.Group;
import io.magpie.core.group.GroupPatch;
import io.magpie.core.group.GroupService;
import io.magpie.core.group.GroupSettings;
import io.magpie.core.group.MemberPatch;
import io.magpie.core.group.MembershipService;
import io.magpie.core.group.NewGroup;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Draft;
import io.magpie.core.log.Mentions;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupsTest {
    private static final GroupSettings SETTINGS = new GroupSettings(10_000, false);

    private World world;
    private GroupService groups;
    private MembershipService membership;
    private long owner;
    private long bob;
    private long eve;

    @BeforeEach
    void open(@TempDir Path folder) {
        world = new World(folder);
        groups = world.groups(SETTINGS);
        membership = world.membership(SETTINGS);
        owner = world.person("owner");
        bob = world.person("bob");
        eve = world.person("eve");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void foundingIsTwoEntriesThatAllFoundersSee() {
        var group = found(JoinPolicy.INVITE, List.of(bob, bob, owner));
        assertThat(world.bodies(group.conversation()))
                .containsExactly(
                        new Body.GroupChanged(
                                Body.GroupChange.CREATED, "Birds", null, null, JoinPolicy.INVITE, false, null, owner),
                        new Body.MembersChanged(Body.MemberChange.JOINED, List.of(owner, bob)));
        assertThat(world.member(group.conversation(), owner))
                .extracting(Member::role, Member::visibleFrom)
                .containsExactly(Role.OWNER, 1L);
        assertThat(world.member(group.conversation(), bob))
                .extracting(Member::role, Member::visibleFrom, Member::readSeq)
                .containsExactly(Role.MEMBER, 1L, 2L);
        assertThat(world.notices(bob))
                .containsExactly(new Body.Notice(Body.NoticeEvent.INVITED, owner, group.id(), 0, null));
        assertThat(world.notices(owner)).isEmpty();
    }

    @Test
    void refusesGroupsThatMakeNoSense() {
        assertThat(message(groups.create(owner, wanted(JoinPolicy.OPEN, List.of(bob, 99L)), false)))
                .isEqualTo("members: no user 99");
        assertThat(message(groups.create(owner, wanted(JoinPolicy.PASSWORD, List.of()), false)))
                .startsWith("password: missing");
        assertThat(message(groups.create(
                        owner, new NewGroup("x".repeat(129), "", JoinPolicy.OPEN, null, false, List.of()), false)))
                .startsWith("name: 129");
        assertThat(message(groups.create(
                        owner, new NewGroup("x", "", JoinPolicy.OPEN, "secret", false, List.of()), false)))
                .startsWith("password: given");
        var small = world.groups(new GroupSettings(2, false));
        assertThat(code(small.create(owner, wanted(JoinPolicy.OPEN, List.of(bob, eve)), false)))
                .isEqualTo(ErrorCode.TOO_LARGE);
        done(world.contacts().block(bob, owner));
        assertThat(code(groups.create(owner, wanted(JoinPolicy.OPEN, List.of(bob)), false)))
                .isEqualTo(ErrorCode.BLOCKED);
        done(groups.create(owner, wanted(JoinPolicy.OPEN, List.of(bob)), true));
        assertThat(world.delivered).hasSize(3);
    }

    @Test
    void onlyFriendsAreAddedWhereOnlyFriendsMayWrite() {
        var settings = new GroupSettings(10, true);
        assertThat(code(world.groups(settings).create(owner, wanted(JoinPolicy.OPEN, List.of(bob)), false)))
                .isEqualTo(ErrorCode.FORBIDDEN);
        var request = done(world.contacts().ask(owner, bob, "", ""));
        done(world.contacts().accept(bob, request.id(), ""));
        var group = done(world.groups(settings).create(owner, wanted(JoinPolicy.OPEN, List.of(bob)), false));
        assertThat(code(world.membership(settings).add(group.id(), bob, List.of(eve))))
                .isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void whoIsAddedSeesFromThenOn() {
        var group = found(JoinPolicy.INVITE, List.of(bob));
        assertThat(done(membership.add(group.id(), bob, List.of(eve, owner, eve))))
                .containsExactly(eve);
        assertThat(world.member(group.conversation(), eve).visibleFrom()).isEqualTo(3);
        assertThat(world.notices(eve))
                .containsExactly(new Body.Notice(Body.NoticeEvent.INVITED, bob, group.id(), 0, null));
        assertThat(done(membership.add(group.id(), bob, List.of(eve)))).isEmpty();
        assertThat(world.bodies(group.conversation())).hasSize(3);
    }

    @Test
    void f24LeavingAndRejoiningGivesTheNewRange() {
        var group = found(JoinPolicy.OPEN, List.of(bob));
        var joins = world.joins(SETTINGS);
        for (int round = 0; round < 2; round++) {
            done(membership.leave(group.id(), bob));
            long left = world.bodies(group.conversation()).size();
            assertThat(world.member(group.conversation(), bob))
                    .extracting(Member::state, Member::visibleTo)
                    .containsExactly(Member.State.LEFT, left);
            done(groups.change(group.id(), owner, patch("Round " + round, null)));
            done(joins.join(group.id(), bob, null, ""));
            var again = world.member(group.conversation(), bob);
            assertThat(again.current()).isTrue();
            assertThat(again.visibleTo()).isZero();
            assertThat(again.visibleFrom()).isEqualTo(left + 2);
            assertThat(again.readSeq()).isEqualTo(left + 2);
        }
        assertThat(code(joins.join(group.id(), bob, null, ""))).isEqualTo(ErrorCode.CONFLICT);
    }

    @Test
    void whoIsRemovedSeesThatAndNothingAfter() {
        var group = found(JoinPolicy.INVITE, List.of(bob, eve));
        assertThat(code(membership.remove(group.id(), bob, eve))).isEqualTo(ErrorCode.FORBIDDEN);
        done(membership.remove(group.id(), owner, bob));
        assertThat(world.bodies(group.conversation()))
                .endsWith(new Body.MembersChanged(Body.MemberChange.REMOVED, List.of(bob)));
        assertThat(world.member(group.conversation(), bob))
                .extracting(Member::state, Member::visibleTo)
                .containsExactly(Member.State.REMOVED, 3L);
        assertThat(world.notices(bob))
                .map(Body.Notice::event)
                .containsExactly(Body.NoticeEvent.INVITED, Body.NoticeEvent.REMOVED);
        assertThat(code(membership.remove(group.id(), owner, bob))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(code(membership.leave(group.id(), bob))).isEqualTo(ErrorCode.NOT_MEMBER);
        assertThat(code(membership.list(group.id(), bob, 0, 10))).isEqualTo(ErrorCode.NOT_MEMBER);
    }

    @Test
    void f25AMessageCheckedBeforeTheRemovalIsNotStoredAfterIt() {
        var group = found(JoinPolicy.INVITE, List.of(bob));
        long access =
                world.store.groups().standing(group.id(), bob).orElseThrow().access();
        done(membership.remove(group.id(), owner, bob));
        var message = new Body.Message(new Content.Text("too late"), 0, Mentions.NONE);
        var draft = new Draft(group.conversation(), bob, "c1", message, access);
        assertThat(world.store.log().append(List.of(draft), world.now.get())).containsExactly(new AppendResult.Stale());
    }

    @Test
    void rolesReachDownwardsOnly() {
        var group = found(JoinPolicy.INVITE, List.of(bob, eve));
        done(membership.change(group.id(), owner, bob, new MemberPatch(Role.ADMIN, null, null)));
        assertThat(world.bodies(group.conversation()))
                .endsWith(new Body.MembersChanged(Body.MemberChange.ROLE, List.of(bob), Role.ADMIN, 0));
        assertThat(code(membership.change(group.id(), bob, eve, new MemberPatch(Role.ADMIN, null, null))))
                .isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(code(membership.remove(group.id(), bob, owner))).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(code(membership.change(group.id(), owner, bob, new MemberPatch(Role.OWNER, null, null))))
                .isEqualTo(ErrorCode.MALFORMED);
        long until = world.now.get() + 60_000;
        done(membership.change(group.id(), bob, eve, new MemberPatch(null, until, "Evie")));
        assertThat(world.member(group.conversation(), eve))
                .extracting(Member::silencedUntil, Member::nickname)
                .containsExactly(until, "Evie");
        assertThat(world.bodies(group.conversation()))
                .endsWith(
                        new Body.MembersChanged(Body.MemberChange.MUTED, List.of(eve), null, until),
                        new Body.MembersChanged(Body.MemberChange.NICKNAME, List.of(eve), null, 0, "Evie"));
        done(membership.change(group.id(), eve, eve, new MemberPatch(null, null, "Eve")));
        assertThat(code(membership.change(group.id(), eve, bob, new MemberPatch(null, null, "Bobby"))))
                .isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(code(membership.change(group.id(), eve, eve, new MemberPatch(null, 0L, null))))
                .isEqualTo(ErrorCode.FORBIDDEN);
        done(membership.change(group.id(), owner, eve, new MemberPatch(null, 0L, null)));
        assertThat(world.bodies(group.conversation()))
                .endsWith(new Body.MembersChanged(Body.MemberChange.UNMUTED, List.of(eve), null, 0));
    }

    @Test
    void aRefusedPartOfAChangeUndoesTheRest() {
        var group = found(JoinPolicy.INVITE, List.of(bob, eve));
        done(membership.change(group.id(), owner, bob, new MemberPatch(Role.ADMIN, null, null)));
        int entries = world.bodies(group.conversation()).size();
        assertThat(code(membership.change(
                        group.id(), bob, eve, new MemberPatch(Role.ADMIN, world.now.get() + 60_000, "Evie"))))
                .isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(world.bodies(group.conversation())).hasSize(entries);
        assertThat(world.member(group.conversation(), eve).nickname()).isEmpty();
    }

    @Test
    void ownersHandOverBeforeTheyLeave() {
        var group = found(JoinPolicy.INVITE, List.of(bob));
        assertThat(code(membership.leave(group.id(), owner))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(code(groups.handOver(group.id(), bob, bob))).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(code(groups.handOver(group.id(), owner, eve))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(code(groups.handOver(group.id(), owner, owner))).isEqualTo(ErrorCode.CONFLICT);
        done(groups.handOver(group.id(), owner, bob));
        assertThat(world.member(group.conversation(), bob).role()).isEqualTo(Role.OWNER);
        assertThat(world.member(group.conversation(), owner).role()).isEqualTo(Role.ADMIN);
        assertThat(done(groups.view(group.id(), bob)).group().owner()).isEqualTo(bob);
        done(membership.leave(group.id(), owner));
        assertThat(world.store.members().current(group.conversation(), 0, 10))
                .map(Member::user)
                .containsExactly(bob);
    }

    @Test
    void changesAreEntriesAndNoChangeIsNone() {
        var group = found(JoinPolicy.INVITE, List.of(bob));
        assertThat(code(groups.change(group.id(), bob, patch("Mine", null)))).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(code(groups.change(group.id(), eve, patch("Mine", null)))).isEqualTo(ErrorCode.NOT_MEMBER);
        done(groups.change(group.id(), owner, patch("Birds", false)));
        assertThat(world.bodies(group.conversation())).hasSize(2);
        long until = world.now.get() + 60_000;
        done(groups.change(
                group.id(),
                owner,
                new GroupPatch("Magpies", null, "Welcome", JoinPolicy.PASSWORD, "secret", true, until)));
        assertThat(world.bodies(group.conversation()).subList(2, 5))
                .map(body -> ((Body.GroupChanged) body).change())
                .containsExactly(Body.GroupChange.RENAMED, Body.GroupChange.ANNOUNCEMENT, Body.GroupChange.SETTINGS);
        assertThat(world.bodies(group.conversation()).getLast())
                .isEqualTo(new Body.GroupChanged(
                        Body.GroupChange.SETTINGS, null, null, null, JoinPolicy.PASSWORD, true, until, null));
        assertThat(message(groups.change(
                        group.id(), owner, new GroupPatch(null, null, null, JoinPolicy.OPEN, "x", null, null))))
                .startsWith("password: given");
    }

    @Test
    void anOpenHistoryIsSeenByAll() {
        var group = found(JoinPolicy.INVITE, List.of());
        done(membership.add(group.id(), owner, List.of(bob)));
        assertThat(world.member(group.conversation(), bob).visibleFrom()).isEqualTo(3);
        done(groups.change(group.id(), owner, patch(null, true)));
        assertThat(world.member(group.conversation(), bob).visibleFrom()).isEqualTo(1);
        done(membership.add(group.id(), owner, List.of(eve)));
        assertThat(world.member(group.conversation(), eve))
                .extracting(Member::visibleFrom, Member::readSeq)
                .containsExactly(1L, 5L);
    }

    @Test
    void f22DissolvedGroupsEndForEverybody() {
        var group = found(JoinPolicy.APPROVAL, List.of(bob));
        done(world.joins(SETTINGS).join(group.id(), eve, null, ""));
        assertThat(code(groups.dissolve(group.id(), bob))).isEqualTo(ErrorCode.FORBIDDEN);
        long last = done(groups.dissolve(group.id(), owner));
        for (long user : List.of(owner, bob)) {
            assertThat(world.member(group.conversation(), user))
                    .extracting(Member::state, Member::visibleTo)
                    .containsExactly(Member.State.DISSOLVED, last);
            assertThat(world.store.members().groupsOf(user)).isEmpty();
        }
        assertThat(done(groups.view(group.id(), bob)).whole()).isTrue();
        assertThat(code(groups.view(group.id(), eve))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(world.notices(eve)).map(Body.Notice::event).containsExactly(Body.NoticeEvent.JOIN_DECLINED);
        assertThat(code(membership.add(group.id(), owner, List.of(eve)))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(code(groups.dissolve(group.id(), owner))).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void membersSeeAllAndOthersTheCard() {
        var group = found(JoinPolicy.OPEN, List.of(bob));
        assertThat(done(groups.view(group.id(), bob)).whole()).isTrue();
        var card = done(groups.view(group.id(), eve));
        assertThat(card.whole()).isFalse();
        assertThat(card.memberCount()).isEqualTo(2);
        assertThat(code(groups.view(99, eve))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(done(membership.list(group.id(), bob, owner, 10)))
                .map(Member::user)
                .containsExactly(bob);
    }

    @Test
    void tenThousandMembersAreTheLimit() {
        var others = done(world.journal.transact(tx -> {
            var accounts = tx.on(Accounts.Edits.class);
            return Outcome.done(LongStream.range(0, 9_999)
                    .mapToObj(i -> accounts.insert("user" + i, null, null, "User", "", 1)
                            .orElseThrow()
                            .id())
                    .toList());
        }));
        var group = found(JoinPolicy.INVITE, others);
        assertThat(world.store.members().count(group.conversation())).isEqualTo(10_000);
        assertThat(world.bodies(group.conversation())).hasSize(11);
        assertThat(world.bodies(group.conversation()).subList(1, 11))
                .map(body -> ((Body.MembersChanged) body).users().size())
                .containsOnly(1000);
        assertThat(world.store.members().findAll(group.conversation(), others))
                .hasSize(9_999)
                .allSatisfy(member -> assertThat(member.visibleFrom()).isEqualTo(1));
        assertThat(code(membership.add(group.id(), owner, List.of(bob)))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(world.notices(others.getLast())).hasSize(1);
    }

    private Group found(JoinPolicy policy, List<Long> members) {
        return done(groups.create(owner, wanted(policy, members), false));
    }

    private static NewGroup wanted(JoinPolicy policy, List<Long> members) {
        return new NewGroup("Birds", "", policy, null, false, members);
    }

    private static GroupPatch patch(@Nullable String name, @Nullable Boolean historyOpen) {
        return new GroupPatch(name, null, null, null, null, historyOpen, null);
    }
}

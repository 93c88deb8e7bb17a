package io.magpie.core.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.magpie.core.group.Group;
import io.magpie.core.group.Groups;
import io.magpie.core.log.Body;
import io.magpie.core.log.Draft;
import io.magpie.core.storage.Edits;
import io.magpie.core.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Members] must do.
public abstract class MembersContract {
    private ConversationId group = ConversationId.group(1);

    protected abstract Storage ports();

    @BeforeEach
    void createGroup() {
        group = newGroup();
    }

    @Test
    void joins() {
        edit(members -> members.join(group, List.of(3L, 1L, 2L), 4, 5));
        var expected = new Member(group, 3, Member.State.MEMBER, Role.MEMBER, 4, 0, 3, 3, 0, "", false, false, 0, 5, 5);
        assertThat(members().find(group, 3)).contains(expected);
        assertThat(members().find(group, 4)).isEmpty();
        assertThat(members().find(ConversationId.group(999), 3)).isEmpty();
        assertThat(members().findAll(group, List.of(2L, 3L, 9L)))
                .map(Member::user)
                .containsExactlyInAnyOrder(2L, 3L);
        assertThat(members().current(group, 0, 10)).map(Member::user).containsExactly(1L, 2L, 3L);
        assertThat(members().current(group, 1, 1)).map(Member::user).containsExactly(2L);
        assertThat(members().count(group)).isEqualTo(3);
    }

    @Test
    void knowsOwnerAndAdmins() {
        edit(members -> {
            members.join(group, List.of(4L, 3L, 2L, 1L), 1, 5);
            members.role(group, 4, Role.OWNER, 5);
            members.role(group, 3, Role.ADMIN, 5);
            members.role(group, 2, Role.ADMIN, 5);
            members.end(group, List.of(2L), Member.State.LEFT, 1, 6);
        });
        assertThat(members().admins(group)).map(Member::user).containsExactly(3L, 4L);
    }

    @Test
    void joiningAgainLeavesCurrentMembersAlone() {
        edit(members -> {
            members.join(group, List.of(1L), 1, 5);
            members.role(group, 1, Role.OWNER, 5);
            members.join(group, List.of(1L, 2L, 2L), 9, 6);
        });
        assertThat(members().current(group, 0, 10)).extracting(Member::role).containsExactly(Role.OWNER, Role.MEMBER);
        assertThat(members().current(group, 0, 10)).map(Member::visibleFrom).containsExactly(1L, 9L);
    }

    @Test
    void f24RejoiningGivesANewRangeAndKeepsPersonalSettings() {
        append(group, 3);
        edit(members -> {
            members.join(group, List.of(1L), 1, 5);
            members.nickname(group, 1, "nick", 5);
            members.preferences(group, 1, true, true, 2, 5);
            members.role(group, 1, Role.ADMIN, 5);
            members.end(group, List.of(1L, 9L), Member.State.LEFT, 3, 6);
        });
        assertThat(members().find(group, 1))
                .contains(new Member(
                        group, 1, Member.State.LEFT, Role.ADMIN, 1, 3, 3, 3, 0, "nick", true, true, 2, 5, 6));
        assertThat(members().current(group, 0, 10)).isEmpty();
        append(group, 2);
        edit(members -> members.join(group, List.of(1L), 6, 7));
        assertThat(members().find(group, 1))
                .contains(new Member(
                        group, 1, Member.State.MEMBER, Role.MEMBER, 6, 0, 5, 5, 0, "nick", true, true, 2, 7, 7));
        append(group, 1);
        edit(members -> members.end(group, List.of(1L), Member.State.REMOVED, 6, 8));
        edit(members -> members.join(group, List.of(1L), 1, 9));
        assertThat(members().find(group, 1)).hasValueSatisfying(member -> {
            assertThat(member.sees(1)).isTrue();
            assertThat(member.readSeq()).isEqualTo(6);
        });
    }

    @Test
    void endsOnce() {
        edit(members -> {
            members.join(group, List.of(1L, 2L, 3L), 1, 5);
            members.end(group, List.of(1L), Member.State.LEFT, 4, 6);
            members.endAll(group, Member.State.DISSOLVED, 9, 7);
            members.end(group, List.of(1L, 2L), Member.State.REMOVED, 10, 8);
        });
        assertThat(members().findAll(group, List.of(1L, 2L, 3L)))
                .extracting(member -> member.user() + " " + member.state() + " " + member.visibleTo())
                .containsExactlyInAnyOrder("1 LEFT 4", "2 DISSOLVED 9", "3 DISSOLVED 9");
        assertThat(members().count(group)).isZero();
        assertThatThrownBy(() -> edit(members -> members.endAll(group, Member.State.LEFT, 0, 9)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatDecidesWhoMayWriteAdvancesAccess() {
        List<Consumer<Members.Edits>> changes = List.of(
                members -> members.join(group, List.of(1L), 1, 5),
                members -> members.role(group, 1, Role.ADMIN, 5),
                members -> members.silence(group, 1, 99, 5),
                members -> members.end(group, List.of(1L), Member.State.LEFT, 1, 5),
                members -> members.endAll(group, Member.State.DISSOLVED, 1, 5));
        for (var change : changes) {
            long before = access();
            edit(change);
            assertThat(access()).isGreaterThan(before);
        }
        long before = access();
        edit(members -> {
            members.preferences(group, 1, true, false, 0, 5);
            members.advance(group, 1, 1, 1, 5);
        });
        assertThat(access()).isEqualTo(before);
        assertThat(members().find(group, 1)).hasValueSatisfying(member -> {
            assertThat(member.silencedUntil()).isEqualTo(99);
            assertThat(member.role()).isEqualTo(Role.ADMIN);
        });
    }

    @Test
    void cursorsNeverGoBack() {
        var moved = new ArrayList<Boolean>();
        edit(members -> {
            members.join(group, List.of(1L), 1, 5);
            moved.add(members.advance(group, 1, 5, 3, 6));
            moved.add(members.advance(group, 1, 4, 3, 7));
            moved.add(members.advance(group, 1, 2, 9, 8));
            moved.add(members.advance(group, 2, 2, 9, 8));
        });
        assertThat(moved).containsExactly(true, false, true, false);
        assertThat(members().find(group, 1))
                .hasValueSatisfying(
                        member -> assertThat(List.of(member.readSeq(), member.deliveredSeq(), member.updatedAt()))
                                .containsExactly(5L, 9L, 8L));
    }

    @Test
    void readersAreCurrentMembersAtOrBeyond() {
        edit(members -> {
            members.join(group, List.of(1L, 2L, 3L, 4L), 1, 5);
            members.advance(group, 4, 7, 0, 6);
            members.advance(group, 2, 8, 0, 6);
            members.advance(group, 3, 6, 0, 6);
            members.advance(group, 1, 8, 0, 6);
            members.end(group, List.of(1L), Member.State.LEFT, 8, 6);
        });
        assertThat(members().readers(group, 7, 10)).map(Member::user).containsExactly(2L, 4L);
        assertThat(members().readers(group, 6, 2)).map(Member::user).containsExactly(2L, 3L);
    }

    @Test
    void opensHistoryToCurrentMembers() {
        edit(members -> {
            members.join(group, List.of(1L, 2L), 4, 5);
            members.end(group, List.of(2L), Member.State.LEFT, 6, 5);
            members.openHistory(group, 6);
        });
        assertThat(members().find(group, 1))
                .hasValueSatisfying(member -> assertThat(member.visibleFrom()).isEqualTo(1));
        assertThat(members().find(group, 2))
                .hasValueSatisfying(member -> assertThat(member.visibleFrom()).isEqualTo(4));
    }

    @Test
    void pagesThroughEverythingOfAUser() {
        var expected = new ArrayList<ConversationId>();
        for (int i = 0; i < 7; i++) {
            var next = i % 2 == 0 ? newGroup() : ConversationId.direct(1, 10 + i);
            expected.add(next);
            if (i % 2 == 0) {
                edit(members -> members.join(next, List.of(1L), 1, 5));
            } else {
                append(next, 1);
            }
        }
        edit(members -> members.end(expected.getFirst(), List.of(1L), Member.State.LEFT, 1, 5));
        var seen = new ArrayList<ConversationId>();
        var page = members().ofUser(1, null, 3);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(3);
            page.forEach(member -> seen.add(member.conversation()));
            page = members().ofUser(1, seen.getLast(), 3);
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void listsWhatChanged() {
        edit(members -> members.join(group, List.of(1L), 1, 5));
        var direct = ConversationId.direct(1, 2);
        append(direct, 1);
        var whole = ports().log().changed(1, 0, null, 10);
        assertThat(whole).map(one -> one.member().conversation()).containsExactlyInAnyOrder(group, direct);
        assertThat(whole)
                .allSatisfy(one -> assertThat(members().find(one.member().conversation(), 1))
                        .contains(one.member()))
                .allSatisfy(
                        one -> assertThat(ports().log().heads(List.of(one.head().conversation())))
                                .containsValue(one.head()));
        var pages = new ArrayList<ConversationId>();
        for (var page = ports().log().changed(1, 0, null, 1); !page.isEmpty(); ) {
            pages.add(page.getFirst().member().conversation());
            page = ports().log().changed(1, 0, pages.getLast(), 1);
        }
        assertThat(pages)
                .containsExactlyElementsOf(
                        whole.stream().map(one -> one.member().conversation()).toList());
        long newest = whole.stream()
                .mapToLong(one -> Math.max(one.member().updatedAt(), one.head().updatedAt()))
                .max()
                .orElseThrow();
        assertThat(ports().log().changed(1, newest, null, 10)).isEmpty();
        edit(members -> members.nickname(group, 1, "Ada", newest + 1));
        assertThat(ports().log().changed(1, newest, null, 10))
                .map(one -> one.member().conversation())
                .containsExactly(group);
    }

    @Test
    void groupsOfAreCurrentGroupsOnly() {
        var other = newGroup();
        edit(members -> {
            members.join(group, List.of(1L), 1, 5);
            members.join(other, List.of(1L), 3, 5);
        });
        append(ConversationId.direct(1, 2), 1);
        assertThat(members().groupsOf(1)).containsOnly(entry(group.group(), 1L), entry(other.group(), 3L));
        edit(members -> members.end(other, List.of(1L), Member.State.LEFT, 1, 6));
        assertThat(members().groupsOf(1)).containsExactly(entry(group.group(), 1L));
        assertThat(members().groupsOf(9)).isEmpty();
    }

    @Test
    void tenThousandJoinAndLeave() {
        var users = LongStream.rangeClosed(1, 10_000).boxed().toList();
        edit(members -> members.join(group, users, 1, 5));
        assertThat(members().count(group)).isEqualTo(10_000);
        assertThat(members().current(group, 9_990, 100)).hasSize(10);
        edit(members -> members.end(group, users, Member.State.LEFT, 1, 6));
        assertThat(members().count(group)).isZero();
        edit(members -> members.join(group, users, 2, 7));
        assertThat(members().count(group)).isEqualTo(10_000);
    }

    private void append(ConversationId conversation, int count) {
        for (int i = 0; i < count; i++) {
            var draft = new Draft(conversation, 1, null, new Body.Reaction(1, "x", true), Draft.UNCHECKED);
            ports().log().append(List.of(draft), 5);
        }
    }

    private long access() {
        return ports().log().heads(List.of(group)).values().iterator().next().access();
    }

    private Members members() {
        return ports().members();
    }

    private void edit(Consumer<Members.Edits> work) {
        Edits.in(ports(), transaction -> work.accept(transaction.on(Members.Edits.class)));
    }

    private ConversationId newGroup() {
        var created = new ArrayList<Group>();
        Edits.in(ports(), transaction -> {
            var fresh = new Group(0, "g", "", "", JoinPolicy.OPEN, null, false, 0, 1, 5, 0);
            created.add(transaction.on(Groups.Edits.class).insert(fresh));
        });
        return created.getLast().conversation();
    }
}

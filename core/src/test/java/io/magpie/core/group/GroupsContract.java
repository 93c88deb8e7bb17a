package io.magpie.core.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.conversation.JoinPolicy;
import io.magpie.core.conversation.Member;
import io.magpie.core.conversation.Members;
import io.magpie.core.log.Head;
import io.magpie.core.storage.Edits;
import io.magpie.core.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What every [Groups] must do.
public abstract class GroupsContract {
    private static final Group PLAIN = new Group(0, "g", "a", "hello", JoinPolicy.PASSWORD, "hash", true, 3, 1, 5, 0);

    protected abstract Storage ports();

    @Test
    void aGroupHasAConversationWithoutMembers() {
        var group = insert(PLAIN);
        assertThat(group)
                .isEqualTo(new Group(group.id(), "g", "a", "hello", JoinPolicy.PASSWORD, "hash", true, 3, 1, 5, 0));
        assertThat(groups().find(group.id())).contains(group);
        assertThat(groups().find(group.id() + 1)).isEmpty();
        assertThat(ports().log().heads(List.of(group.conversation())))
                .containsEntry(group.conversation(), new Head(group.conversation(), 0, 0, 0));
        assertThat(ports().members().count(group.conversation())).isZero();
        var second = insert(PLAIN);
        assertThat(groups().findAll(List.of(second.id(), group.id(), 99L))).containsExactlyInAnyOrder(group, second);
    }

    @Test
    void updatingAdvancesAccess() {
        var group = insert(PLAIN);
        var changed = new Group(group.id(), "h", "b", "", JoinPolicy.OPEN, null, false, 0, 2, 5, 9);
        long access = access(group);
        edit(groups -> groups.update(changed));
        assertThat(groups().find(group.id())).contains(changed);
        assertThat(access(group)).isGreaterThan(access);
    }

    @Test
    void standingIsOneRead() {
        var group = insert(PLAIN);
        assertThat(groups().standing(group.id(), 7)).contains(new Standing(group, null, 0));
        assertThat(groups().standing(group.id() + 1, 7)).isEmpty();
        Edits.in(
                ports(),
                transaction -> transaction.on(Members.Edits.class).join(group.conversation(), List.of(7L), 1, 5));
        assertThat(groups().standing(group.id(), 7)).hasValueSatisfying(standing -> {
            assertThat(standing.member()).isNotNull().extracting(Member::user).isEqualTo(7L);
            assertThat(standing.access()).isEqualTo(access(group));
        });
    }

    @Test
    void keepsRequestsToJoin() {
        var group = insert(PLAIN);
        var ended = new ArrayList<Boolean>();
        edit(groups -> {
            groups.askToJoin(new JoinRequest(group.id(), 9, "", 7));
            groups.askToJoin(new JoinRequest(group.id(), 8, "old", 8));
            groups.askToJoin(new JoinRequest(group.id(), 8, "new", 9));
            groups.askToJoin(new JoinRequest(group.id(), 6, "", 9));
            ended.add(groups.endJoinRequest(group.id(), 6));
            ended.add(groups.endJoinRequest(group.id(), 6));
        });
        assertThat(ended).containsExactly(true, false);
        assertThat(groups().joinRequests(group.id()))
                .containsExactly(new JoinRequest(group.id(), 9, "", 7), new JoinRequest(group.id(), 8, "new", 8));
    }

    private long access(Group group) {
        return groups().standing(group.id(), 1).orElseThrow().access();
    }

    private Groups groups() {
        return ports().groups();
    }

    private Group insert(Group group) {
        var inserted = new ArrayList<Group>();
        edit(groups -> inserted.add(groups.insert(group)));
        return inserted.getLast();
    }

    private void edit(Consumer<Groups.Edits> work) {
        Edits.in(ports(), transaction -> work.accept(transaction.on(Groups.Edits.class)));
    }
}

package io.magpie.core.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.account.Accounts;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Draft;
import io.magpie.core.log.Mentions;
import io.magpie.core.storage.Edits;
import io.magpie.core.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What every [Contacts] must do.
public abstract class ContactsContract {
    protected abstract Storage ports();

    @Test
    void friendshipHasTwoDirections() {
        edit(contacts -> {
            contacts.befriend(1, 2, "two", 5);
            contacts.befriend(2, 1, "", 5);
            contacts.befriend(1, 3, "three", 6);
            contacts.befriend(1, 2, "2", 9);
        });
        assertThat(contacts().friend(1, 2)).contains(new Friend(1, 2, "2", 5));
        assertThat(contacts().friends(1)).containsExactly(new Friend(1, 2, "2", 5), new Friend(1, 3, "three", 6));
        var ended = new ArrayList<Boolean>();
        edit(contacts -> {
            ended.add(contacts.unfriend(2, 1));
            ended.add(contacts.unfriend(2, 1));
        });
        assertThat(ended).containsExactly(true, false);
        assertThat(contacts().friends(1)).map(Friend::friend).containsExactly(3L);
        assertThat(contacts().friends(2)).isEmpty();
    }

    @Test
    void keepsRequests() {
        var made = new ArrayList<FriendRequest>();
        edit(contacts -> {
            made.add(contacts.request(1, 2, "hello", "boss", 5));
            made.add(contacts.request(3, 1, "", "", 6));
            made.add(contacts.request(1, 4, "", "", 7));
        });
        var first = made.getFirst();
        assertThat(first)
                .isEqualTo(new FriendRequest(first.id(), 1, 2, "hello", "boss", FriendRequest.State.PENDING, 5, 0));
        assertThat(contacts().request(first.id())).contains(first);
        assertThat(contacts().pending(1, 2)).contains(first);
        assertThat(contacts().pending(2, 1)).isEmpty();
        assertThat(contacts().requests(1, 10)).containsExactlyElementsOf(made.reversed());
        assertThat(contacts().requests(1, 2))
                .containsExactlyElementsOf(made.reversed().subList(0, 2));
        edit(contacts -> contacts.answer(first.id(), FriendRequest.State.DECLINED, 8));
        assertThat(contacts().pending(1, 2)).isEmpty();
        assertThat(contacts().request(first.id()))
                .contains(new FriendRequest(first.id(), 1, 2, "hello", "boss", FriendRequest.State.DECLINED, 5, 8));
    }

    @Test
    void answeredRequestsAreForgottenAndTheirIdsNeverUsedAgain() {
        var made = new ArrayList<FriendRequest>();
        edit(contacts -> {
            for (long to = 2; to < 6; to++) {
                made.add(contacts.request(1, to, "", "", 5));
            }
            contacts.answer(made.get(0).id(), FriendRequest.State.ACCEPTED, 8);
            contacts.answer(made.get(1).id(), FriendRequest.State.DECLINED, 9);
            contacts.answer(made.get(3).id(), FriendRequest.State.DECLINED, 7);
        });
        edit(contacts -> assertThat(contacts.deleteAnswered(7, 100)).isZero());
        edit(contacts -> {
            int deleted = contacts.deleteAnswered(9, 100);
            made.add(contacts.request(1, 9, "", "", 9));
            assertThat(deleted).isBetween(1, 2);
        });
        assertThat(contacts().request(made.get(0).id())).isEmpty();
        assertThat(contacts().request(made.get(1).id())).isPresent();
        assertThat(contacts().request(made.get(2).id())).contains(made.get(2));
        assertThat(made).map(FriendRequest::id).doesNotHaveDuplicates();
        edit(contacts -> contacts.deleteAnswered(100, 1));
        edit(contacts -> contacts.deleteAnswered(100, 100));
        assertThat(contacts().requests(1, 100)).containsExactly(made.get(4), made.get(2));
    }

    @Test
    void keepsBlocks() {
        var ended = new ArrayList<Boolean>();
        edit(contacts -> {
            contacts.block(1, 2, 5);
            contacts.block(1, 2, 6);
            contacts.block(1, 3, 6);
            ended.add(contacts.unblock(1, 3));
            ended.add(contacts.unblock(1, 3));
        });
        assertThat(ended).containsExactly(true, false);
        assertThat(contacts().blocks(1)).containsExactly(2L);
        assertThat(contacts().blocks(2)).isEmpty();
    }

    @Test
    void oneReadTellsTheRelation() {
        var ids = new ArrayList<Long>();
        Edits.in(
                ports(),
                transaction -> ids.add(transaction
                        .on(Accounts.Edits.class)
                        .insert("a", null, null, "a", "", 5)
                        .orElseThrow()
                        .id()));
        long ann = ids.getFirst();
        long bob = ann + 1;
        assertThat(contacts().relation(bob, ann)).isEqualTo(new Relation(true, false, false, false, 0));
        assertThat(contacts().relation(ann, bob)).isEqualTo(new Relation(false, false, false, false, 0));
        edit(contacts -> {
            contacts.befriend(bob, ann, "", 5);
            contacts.befriend(ann, bob, "", 5);
            contacts.block(ann, bob, 5);
        });
        var relation = contacts().relation(bob, ann);
        assertThat(relation).isEqualTo(new Relation(true, true, false, true, relation.access()));
        assertThat(contacts().relation(ann, bob)).isEqualTo(new Relation(false, true, true, false, relation.access()));
    }

    @Test
    void everyChangedRelationMakesPermissionsStale() {
        List<Consumer<Contacts.Edits>> changes = List.of(
                contacts -> contacts.befriend(1, 2, "", 5),
                contacts -> contacts.unfriend(2, 1),
                contacts -> contacts.block(1, 2, 5),
                contacts -> contacts.unblock(1, 2));
        for (var change : changes) {
            long access = contacts().relation(1, 2).access();
            edit(change);
            assertThat(send(access)).isEqualTo(new AppendResult.Stale());
            assertThat(send(contacts().relation(1, 2).access())).isInstanceOf(AppendResult.Stored.class);
        }
        long access = contacts().relation(2, 1).access();
        edit(contacts -> contacts.unfriend(1, 2));
        assertThat(contacts().relation(1, 2).access()).isEqualTo(access);
    }

    private AppendResult send(long access) {
        var body = new Body.Message(new Content.Text("x"), 0, Mentions.NONE);
        return ports().log()
                .append(List.of(new Draft(ConversationId.direct(1, 2), 1, null, body, access)), 5)
                .getFirst();
    }

    private Contacts contacts() {
        return ports().contacts();
    }

    private void edit(Consumer<Contacts.Edits> work) {
        Edits.in(ports(), transaction -> work.accept(transaction.on(Contacts.Edits.class)));
    }
}

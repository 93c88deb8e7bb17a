package io.magpie.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.core.account.Accounts;
import io.magpie.core.contact.Contacts;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.Members;
import io.magpie.core.device.Logins;
import io.magpie.core.file.Files;
import io.magpie.core.group.Groups;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Draft;
import io.magpie.core.log.Entry;
import io.magpie.core.log.Mentions;
import io.magpie.core.log.OldEntries;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.storage.Edits;
import io.magpie.core.storage.Storage;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every [Store] must do.
public abstract class StoreContract {
    private static final ConversationId PAIR = ConversationId.direct(1, 2);
    private static final Body BODY = new Body.Message(new Content.Text("hi"), 0, Mentions.NONE);

    protected abstract Storage ports();

    @Test
    void everyEditsInterfaceIsThere() {
        Edits.in(ports(), transaction -> {
            assertThat(transaction.on(Accounts.Edits.class)).isNotNull();
            assertThat(transaction.on(Logins.Edits.class)).isNotNull();
            assertThat(transaction.on(Contacts.Edits.class)).isNotNull();
            assertThat(transaction.on(Files.Edits.class)).isNotNull();
            assertThat(transaction.on(Groups.Edits.class)).isNotNull();
            assertThat(transaction.on(Members.Edits.class)).isNotNull();
            assertThat(transaction.on(OldEntries.Edits.class)).isNotNull();
            assertThatThrownBy(() -> transaction.on(String.class)).isInstanceOf(IllegalArgumentException.class);
        });
    }

    @Test
    void commitsAndAnswersWhatWasAppended() {
        var committed = ports().store().transact(transaction -> {
            assertThat(transaction.append(draft("a"), 5)).isEqualTo(new AppendResult.Stored(1, 5, false));
            assertThat(transaction.append(draft("a"), 6)).isEqualTo(new AppendResult.Stored(1, 5, true));
            assertThat(transaction.append(draft("b"), 7)).isEqualTo(new AppendResult.Stored(2, 7, false));
            return Outcome.done("ok");
        });
        assertThat(committed.outcome()).isEqualTo(Outcome.done("ok"));
        assertThat(committed.entries())
                .containsExactly(new Entry(PAIR, 1, 1, 5, "a", BODY), new Entry(PAIR, 2, 1, 7, "b", BODY));
        assertThat(ports().log().ascending(PAIR, 1, 9, 9)).isEqualTo(committed.entries());
    }

    @Test
    void hasNoProblemWhileItWritesAndAFaultOfItsUserIsNone() {
        assertThat(ports().store().problem()).isEmpty();
        assertThatThrownBy(() -> ports().store().transact(transaction -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
        assertThat(ports().store().problem()).isEmpty();
    }

    @Test
    void nothingOfARejectedOneRemains() {
        Store.Committed<String> committed = ports().store().transact(transaction -> {
            transaction.append(draft("a"), 5);
            transaction.on(Accounts.Edits.class).insert("ann", null, null, "Ann", "", 5);
            return Outcome.rejected(ErrorCode.CONFLICT, "no");
        });
        assertThat(committed.outcome()).isEqualTo(Outcome.rejected(ErrorCode.CONFLICT, "no"));
        assertThat(committed.entries()).isEmpty();
        assertNothing();
    }

    @Test
    void nothingOfAFailedOneRemainsAndTheNextOneWorks() {
        assertThatThrownBy(() -> ports().store().transact(transaction -> {
                    transaction.append(draft("a"), 5);
                    transaction.on(Accounts.Edits.class).insert("ann", null, null, "Ann", "", 5);
                    throw new IllegalStateException("broken");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken");
        assertNothing();
        var other = ConversationId.direct(3, 4);
        assertThat(ports().log().append(List.of(new Draft(other, 3, "x", BODY, Draft.UNCHECKED)), 9))
                .containsExactly(new AppendResult.Stored(1, 9, false));
        assertThat(ports().log().append(List.of(draft("a")), 9)).containsExactly(new AppendResult.Stored(1, 9, false));
        assertThat(ports().log().ascending(PAIR, 1, 9, 9)).hasSize(1);
        assertThat(ports().log().ascending(other, 1, 9, 9)).hasSize(1);
    }

    @Test
    void readsInsideSeeOwnWritesAndReadsOutsideDoNot() {
        Edits.in(ports(), transaction -> {
            var accounts = transaction.on(Accounts.Edits.class);
            long id = accounts.insert("ann", null, null, "Ann", "", 5)
                    .orElseThrow()
                    .id();
            assertThat(accounts.find(id)).isPresent();
            assertThat(ports().accounts().find(id)).isEmpty();
            transaction.append(draft("a"), 5);
            assertThat(transaction.on(Members.Edits.class).find(PAIR, 1)).isPresent();
            assertThat(ports().members().find(PAIR, 1)).isEmpty();
        });
        assertThat(ports().accounts().byUsername("ann")).isPresent();
        assertThat(ports().members().find(PAIR, 1)).isPresent();
    }

    @Test
    void aTransactionEndsWithItsWork() {
        var kept = new Accounts.Edits[1];
        Edits.in(ports(), transaction -> kept[0] = transaction.on(Accounts.Edits.class));
        assertThatThrownBy(() -> kept[0].password(1, "x")).isInstanceOf(IllegalStateException.class);
    }

    private void assertNothing() {
        assertThat(ports().log().heads(List.of(PAIR))).isEmpty();
        assertThat(ports().members().find(PAIR, 1)).isEmpty();
        assertThat(ports().accounts().byUsername("ann")).isEmpty();
    }

    private static Draft draft(String clientId) {
        return new Draft(PAIR, 1, clientId, BODY, Draft.UNCHECKED);
    }
}

package io.magpie.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.outcome.Outcome;
import io.magpie.core.storage.Edits;
import io.magpie.core.storage.Storage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every [Accounts] must do.
public abstract class AccountsContract {
    protected abstract Storage ports();

    @Test
    void keepsAccounts() {
        var ann = insert("Ann", "hash", null, "Annie").orElseThrow();
        assertThat(ann.id()).isPositive();
        assertThat(ann).isEqualTo(new Account(ann.id(), "Ann", null, "Annie", "a.png", "", 5, 0));
        assertThat(ports().accounts().find(ann.id())).contains(ann);
        assertThat(ports().accounts().find(ann.id() + 1)).isEmpty();
        assertThat(ports().accounts().byUsername("aNN")).contains(ann);
        assertThat(ports().accounts().credentials("ANN")).contains(new Accounts.Credentials(ann.id(), "hash"));
        assertThat(ports().accounts().credentials("bob")).isEmpty();
    }

    @Test
    void namesAreTakenOnce() {
        assertThat(insert("Ärger", "h", null, "A")).isPresent();
        assertThat(insert("äRGER", "h", null, "B")).isEmpty();
        assertThat(insert(null, null, "sub-1", "C")).isPresent();
        assertThat(insert(null, null, "sub-1", "D")).isEmpty();
        assertThat(insert(null, null, "sub-2", "E")).isPresent();
        assertThat(ports().accounts().byExternal("sub-1"))
                .hasValueSatisfying(account -> assertThat(account.nickname()).isEqualTo("C"));
        assertThat(ports().accounts().byExternal("SUB-1")).isEmpty();
    }

    @Test
    void externalAccountsHaveNoPassword() {
        insert("ext", null, "sub-1", "C");
        assertThat(ports().accounts().credentials("ext")).isEmpty();
    }

    @Test
    void findsMany() {
        long first = insert("a", null, null, "A").orElseThrow().id();
        long second = insert("b", null, null, "B").orElseThrow().id();
        assertThat(ports().accounts().findAll(List.of(second, first, 99L)))
                .map(Account::id)
                .containsExactlyInAnyOrder(first, second);
        assertThat(ports().accounts().findAll(List.of())).isEmpty();
    }

    @Test
    void searchesByTheBeginningOfBothNames() {
        long first = insert("anna", null, null, "Zoe").orElseThrow().id();
        long second = insert("bert", null, null, "ANton").orElseThrow().id();
        long third = insert("Andrea", null, null, "andrea").orElseThrow().id();
        insert("xan", null, null, "x an");
        insert("a%", null, null, "a_");
        assertThat(ports().accounts().search("aN", 10)).map(Account::id).containsExactly(first, second, third);
        assertThat(ports().accounts().search("an", 2)).map(Account::id).containsExactly(first, second);
        assertThat(ports().accounts().search("%", 10)).isEmpty();
    }

    @Test
    void updates() {
        var ann = insert("ann", "old", null, "Ann").orElseThrow();
        var changed = new Account(ann.id(), "ann", null, "Bea", "b.png", "bio", 5, 77);
        Edits.in(ports(), transaction -> {
            var accounts = transaction.on(Accounts.Edits.class);
            accounts.update(changed);
            accounts.password(ann.id(), "new");
            accounts.lastSeen(Map.of(ann.id(), 77L, 99L, 78L));
            accounts.lastSeen(Map.of(ann.id(), 76L));
            accounts.lastSeen(Map.of());
        });
        assertThat(ports().accounts().find(ann.id())).contains(changed);
        assertThat(ports().accounts().search("be", 9)).hasSize(1);
        assertThat(ports().accounts().credentials("ann")).contains(new Accounts.Credentials(ann.id(), "new"));
    }

    private Optional<Account> insert(
            @Nullable String username, @Nullable String hash, @Nullable String external, String nickname) {
        var committed = ports().store()
                .transact(transaction -> Outcome.done(
                        transaction.on(Accounts.Edits.class).insert(username, hash, external, nickname, "a.png", 5)));
        return committed.outcome() instanceof Outcome.Done(var account) ? account : Optional.empty();
    }
}

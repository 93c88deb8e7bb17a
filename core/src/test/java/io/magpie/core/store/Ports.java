package io.magpie.core.store;

import io.magpie.core.account.Accounts;
import io.magpie.core.contact.Contacts;
import io.magpie.core.conversation.Members;
import io.magpie.core.device.Logins;
import io.magpie.core.file.Files;
import io.magpie.core.group.Groups;
import io.magpie.core.log.EntryLog;
import io.magpie.core.log.OldEntries;
import io.magpie.core.outcome.Outcome;
import java.util.function.Consumer;

/// An adapter under test: an empty store with all of its ports.
public record Ports(
        Store store,
        EntryLog log,
        OldEntries oldEntries,
        Accounts accounts,
        Logins logins,
        Contacts contacts,
        Groups groups,
        Members members,
        Files files) {

    /// Runs `work` in a transaction that commits.
    public void edit(Consumer<Transaction> work) {
        store.transact(transaction -> {
            work.accept(transaction);
            return Outcome.done(true);
        });
    }
}

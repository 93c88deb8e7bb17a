package io.magpie.adapter.jdbc;

import io.magpie.adapter.jdbc.sql.Engine;
import io.magpie.adapter.jdbc.sql.LogEdits;
import io.magpie.adapter.jdbc.sql.SqlAccounts;
import io.magpie.adapter.jdbc.sql.SqlContacts;
import io.magpie.adapter.jdbc.sql.SqlFiles;
import io.magpie.adapter.jdbc.sql.SqlGroups;
import io.magpie.adapter.jdbc.sql.SqlLogins;
import io.magpie.adapter.jdbc.sql.SqlMembers;
import io.magpie.adapter.jdbc.sql.SqlTransaction;
import io.magpie.core.account.Accounts;
import io.magpie.core.contact.Contacts;
import io.magpie.core.conversation.Members;
import io.magpie.core.device.Logins;
import io.magpie.core.file.Files;
import io.magpie.core.group.Groups;
import io.magpie.core.log.EntryLog;
import io.magpie.core.log.OldEntries;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.search.Search;
import io.magpie.core.storage.Storage;
import io.magpie.core.store.Store;
import io.magpie.core.store.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What the stores over JDBC have in common: all but the engine and its log.
abstract sealed class JdbcStorage implements Store, Storage permits DatabaseStore, SqliteStore {
    private final Engine engine;
    private final LogEdits edits;
    private final EntryLog log;
    private final OldEntries oldEntries;
    private final Accounts accounts;
    private final Logins logins;
    private final Contacts contacts;
    private final Groups groups;
    private final Members members;
    private final Files files;
    private final Search search;

    JdbcStorage(Engine engine, LogEdits edits, EntryLog log, Search search) {
        var reads = engine.reads();
        this.engine = engine;
        this.edits = edits;
        this.log = log;
        this.oldEntries = edits.oldEntries(reads);
        this.accounts = new SqlAccounts(reads);
        this.logins = new SqlLogins(reads);
        this.contacts = new SqlContacts(reads);
        this.groups = new SqlGroups(reads);
        this.members = new SqlMembers(reads);
        this.files = new SqlFiles(reads);
        this.search = search;
    }

    @Override
    public final String epoch() {
        return engine.epoch();
    }

    @Override
    public final Optional<String> problem() {
        return engine.problem();
    }

    @Override
    public final <T> Committed<T> transact(Function<Transaction, Outcome<T>> work) {
        return engine.transact(
                source -> {
                    var transaction = new SqlTransaction(source, edits);
                    return switch (work.apply(transaction)) {
                        case Outcome.Done<T> done -> new Committed<>(done, transaction.appended());
                        case Outcome.Rejected<T> rejected -> new Committed<>(rejected, List.of());
                    };
                },
                committed -> committed.outcome() instanceof Outcome.Done);
    }

    @Override
    public final Store store() {
        return this;
    }

    @Override
    public final EntryLog log() {
        return log;
    }

    @Override
    public final OldEntries oldEntries() {
        return oldEntries;
    }

    @Override
    public final Accounts accounts() {
        return accounts;
    }

    @Override
    public final Logins logins() {
        return logins;
    }

    @Override
    public final Contacts contacts() {
        return contacts;
    }

    @Override
    public final Groups groups() {
        return groups;
    }

    @Override
    public final Members members() {
        return members;
    }

    @Override
    public final Files files() {
        return files;
    }

    @Override
    public final Search search() {
        return search;
    }

    @Override
    public void close() {
        engine.close();
    }
}

package io.magpie.adapter.jdbc;

import io.magpie.adapter.jdbc.database.DatabaseAppender;
import io.magpie.adapter.jdbc.database.DatabaseEngine;
import io.magpie.adapter.jdbc.database.DatabaseLog;
import io.magpie.adapter.jdbc.database.DatabaseOldEntries;
import io.magpie.adapter.jdbc.database.DatabaseSettings;
import io.magpie.adapter.jdbc.sql.SqlAccounts;
import io.magpie.adapter.jdbc.sql.SqlContacts;
import io.magpie.adapter.jdbc.sql.SqlFiles;
import io.magpie.adapter.jdbc.sql.SqlGroups;
import io.magpie.adapter.jdbc.sql.SqlLogins;
import io.magpie.adapter.jdbc.sql.SqlMembers;
import io.magpie.adapter.jdbc.sql.SqlSearch;
import io.magpie.adapter.jdbc.sql.SqlTransaction;
import io.magpie.adapter.jdbc.sqlite.SearchFile;
import io.magpie.core.account.Accounts;
import io.magpie.core.contact.Contacts;
import io.magpie.core.conversation.Members;
import io.magpie.core.device.Logins;
import io.magpie.core.file.Files;
import io.magpie.core.group.Groups;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.EntryLog;
import io.magpie.core.log.OldEntries;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.search.Search;
import io.magpie.core.storage.Storage;
import io.magpie.core.store.Store;
import io.magpie.core.store.Transaction;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A store in a MySQL, MariaDB or PostgreSQL database that any number of nodes use at the same time. What a commit is
/// safe from is the database's to say. It reconnects by itself.
///
/// Everything may block; any thread but an event loop.
public final class DatabaseStore implements Store, Storage {
    /// Several nodes write: an entry's number is given before its commit, which may take a moment.
    private static final SqlSearch.Reach SEARCHED = new SqlSearch.Reach(10_000, 10_000);

    private final DatabaseEngine engine;
    private final DatabaseAppender appender;
    private final EntryLog log;
    private final OldEntries oldEntries;
    private final Accounts accounts;
    private final Logins logins;
    private final Contacts contacts;
    private final Groups groups;
    private final Members members;
    private final Files files;
    private final SearchFile words;
    private final Search search;

    private DatabaseStore(DatabaseEngine engine, SearchFile words, BodyCodec codec, InstantSource clock, long writer) {
        var reads = engine.reads();
        this.engine = engine;
        this.appender = new DatabaseAppender(engine.dialect(), codec, writer);
        this.log = new DatabaseLog(reads, engine.dialect(), codec, (batch, now) -> engine.append(appender, batch, now));
        this.oldEntries = new DatabaseOldEntries(reads);
        this.accounts = new SqlAccounts(reads);
        this.logins = new SqlLogins(reads);
        this.contacts = new SqlContacts(reads);
        this.groups = new SqlGroups(reads);
        this.members = new SqlMembers(reads);
        this.files = new SqlFiles(reads);
        this.words = words;
        this.search = new SqlSearch(reads, words, codec, SEARCHED, clock);
    }

    /// Opens the store and migrates it to this version.
    ///
    /// @param folder for what this node derives from it, the index of search; no other node's
    /// @param writer the incarnation of this node, which no other run of any node has; kept with what it commits
    /// @throws io.magpie.core.store.StoreUnavailableException if the database cannot be reached or used
    public static DatabaseStore open(
            DatabaseSettings settings, Path folder, BodyCodec codec, InstantSource clock, long writer) {
        var engine = DatabaseEngine.open(settings, clock);
        try {
            long last = engine.reads().run(db -> db.sql().number("SELECT max(id) FROM entry"));
            return new DatabaseStore(engine, SearchFile.open(folder, engine.epoch(), last), codec, clock, writer);
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    @Override
    public String epoch() {
        return engine.epoch();
    }

    @Override
    public Optional<String> problem() {
        return engine.problem();
    }

    @Override
    public <T> Committed<T> transact(Function<Transaction, Outcome<T>> work) {
        return engine.transact(
                source -> {
                    var transaction = new SqlTransaction(source, appender);
                    return switch (work.apply(transaction)) {
                        case Outcome.Done<T> done -> new Committed<>(done, transaction.appended());
                        case Outcome.Rejected<T> rejected -> new Committed<>(rejected, List.of());
                    };
                },
                committed -> committed.outcome() instanceof Outcome.Done);
    }

    @Override
    public Store store() {
        return this;
    }

    @Override
    public EntryLog log() {
        return log;
    }

    @Override
    public OldEntries oldEntries() {
        return oldEntries;
    }

    @Override
    public Accounts accounts() {
        return accounts;
    }

    @Override
    public Logins logins() {
        return logins;
    }

    @Override
    public Contacts contacts() {
        return contacts;
    }

    @Override
    public Groups groups() {
        return groups;
    }

    @Override
    public Members members() {
        return members;
    }

    @Override
    public Files files() {
        return files;
    }

    @Override
    public Search search() {
        return search;
    }

    @Override
    public void close() {
        words.close();
        engine.close();
    }
}

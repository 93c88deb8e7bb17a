package io.magpie.adapter.jdbc;

import io.magpie.adapter.jdbc.sql.Appender;
import io.magpie.adapter.jdbc.sql.EntryIndex;
import io.magpie.adapter.jdbc.sql.SqlAccounts;
import io.magpie.adapter.jdbc.sql.SqlContacts;
import io.magpie.adapter.jdbc.sql.SqlFiles;
import io.magpie.adapter.jdbc.sql.SqlGroups;
import io.magpie.adapter.jdbc.sql.SqlLog;
import io.magpie.adapter.jdbc.sql.SqlLogins;
import io.magpie.adapter.jdbc.sql.SqlMembers;
import io.magpie.adapter.jdbc.sql.SqlOldEntries;
import io.magpie.adapter.jdbc.sql.SqlSearch;
import io.magpie.adapter.jdbc.sql.SqlTransaction;
import io.magpie.adapter.jdbc.sqlite.SqliteEngine;
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

/// The embedded store: one SQLite file, `magpie.db`, in a data folder that this process holds until [#close]. A
/// commit is on the disk when it is acknowledged and survives the death of the process and of the machine.
///
/// Writes go one after the other over one connection; reads go beside them over four more, and go on while writing
/// fails. Everything may block; any thread but an event loop.
public final class SqliteStore implements Store, Storage {
    private static final int READERS = 4;

    /// A few milliseconds of a search; at a fifth of a processor the index is seldom so far behind.
    private static final int SEARCHED_TAIL = 10_000;

    private final SqliteEngine engine;
    private final Appender appender;
    private final EntryLog log;
    private final OldEntries oldEntries;
    private final Accounts accounts;
    private final Logins logins;
    private final Contacts contacts;
    private final Groups groups;
    private final Files files;
    private final Members members;
    private final Search search;

    private SqliteStore(SqliteEngine engine, BodyCodec codec, InstantSource clock) {
        var reads = engine.reads();
        this.engine = engine;
        this.appender = new Appender(codec);
        this.log = new SqlLog(reads, codec, (batch, now) -> engine.append(appender, batch, now));
        this.oldEntries = new SqlOldEntries(reads, codec);
        this.accounts = new SqlAccounts(reads);
        this.logins = new SqlLogins(reads);
        this.contacts = new SqlContacts(reads);
        this.groups = new SqlGroups(reads);
        this.files = new SqlFiles(reads);
        this.members = new SqlMembers(reads);
        this.search = new SqlSearch(reads, engine.words(), codec, new SqlSearch.Reach(SEARCHED_TAIL, 0), clock);
    }

    /// Opens the store in `dataFolder`, creating folder and file where there are none, and migrates it to this
    /// version.
    ///
    /// @throws io.magpie.adapter.jdbc.sqlite.DataFolderInUseException if another server uses the folder
    /// @throws io.magpie.core.store.StoreUnavailableException if the file cannot be opened
    public static SqliteStore open(Path dataFolder, BodyCodec codec, InstantSource clock) {
        return open(dataFolder, codec, clock, EntryIndex.Sizes.DEFAULT);
    }

    static SqliteStore open(Path dataFolder, BodyCodec codec, InstantSource clock, EntryIndex.Sizes sizes) {
        return new SqliteStore(SqliteEngine.open(dataFolder, clock, READERS, sizes), codec, clock);
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
                () -> {
                    var transaction = new SqlTransaction(engine.writes(), appender);
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
    public Files files() {
        return files;
    }

    @Override
    public Members members() {
        return members;
    }

    @Override
    public Search search() {
        return search;
    }

    /// The engine below, for tests of its failures.
    SqliteEngine engine() {
        return engine;
    }

    @Override
    public void close() {
        engine.close();
    }
}

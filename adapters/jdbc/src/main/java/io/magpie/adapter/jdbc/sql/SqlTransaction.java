package io.magpie.adapter.jdbc.sql;

import io.magpie.core.account.Accounts;
import io.magpie.core.contact.Contacts;
import io.magpie.core.conversation.Members;
import io.magpie.core.device.Logins;
import io.magpie.core.file.Files;
import io.magpie.core.group.Groups;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Draft;
import io.magpie.core.log.Entry;
import io.magpie.core.log.OldEntries;
import io.magpie.core.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The work of one transaction, on the connection behind `source`.
public final class SqlTransaction implements Transaction {
    private final Source source;
    private final LogEdits log;
    private final Map<Class<?>, Object> edits;
    private final List<Entry> appended = new ArrayList<>();

    public SqlTransaction(Source source, LogEdits log) {
        this.source = source;
        this.log = log;
        this.edits = Map.of(
                Accounts.Edits.class, new SqlAccounts(source),
                Logins.Edits.class, new SqlLogins(source),
                Contacts.Edits.class, new SqlContacts(source),
                Groups.Edits.class, new SqlGroups(source),
                Files.Edits.class, new SqlFiles(source),
                Members.Edits.class, new SqlMembers(source),
                OldEntries.Edits.class, log.oldEntries(source));
    }

    @Override
    public <E> E on(Class<E> type) {
        Object found = edits.get(type);
        if (found == null) {
            throw new IllegalArgumentException(
                    "edits: " + type.getName() + " (expected: one of " + edits.keySet() + ")");
        }
        return type.cast(found);
    }

    @Override
    public AppendResult append(Draft draft, long now) {
        var drafts = List.of(draft);
        var bodies = log.encode(drafts);
        var result = source.run(db -> log.append(db, drafts, bodies, now)).getFirst();
        if (result instanceof AppendResult.Stored stored && !stored.duplicate()) {
            appended.add(new Entry(
                    draft.conversation(),
                    stored.seq(),
                    draft.sender(),
                    stored.sentAt(),
                    draft.clientId(),
                    draft.body()));
        }
        return result;
    }

    /// What was appended so far, in order.
    public List<Entry> appended() {
        return List.copyOf(appended);
    }
}

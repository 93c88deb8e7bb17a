package io.magpie.core.storage;

import io.magpie.core.account.Accounts;
import io.magpie.core.contact.Contacts;
import io.magpie.core.conversation.Members;
import io.magpie.core.device.Logins;
import io.magpie.core.file.Files;
import io.magpie.core.group.Groups;
import io.magpie.core.log.EntryLog;
import io.magpie.core.log.OldEntries;
import io.magpie.core.search.Search;
import io.magpie.core.store.Store;

/// An opened store with all of its ports, one of each, until [#close]. Any thread.
public interface Storage extends AutoCloseable {
    Store store();

    EntryLog log();

    OldEntries oldEntries();

    Accounts accounts();

    Logins logins();

    Contacts contacts();

    Groups groups();

    Members members();

    Search search();

    Files files();

    @Override
    void close();
}

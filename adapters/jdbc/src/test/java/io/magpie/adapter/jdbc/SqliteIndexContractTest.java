package io.magpie.adapter.jdbc;

import io.magpie.adapter.jdbc.sqlite.EntryIndex;

/// The same contracts, with generations so small that entries move into the index tables all the time.
class SqliteIndexContractTest extends StorageContract {
    SqliteIndexContractTest() {
        super(new SqliteFixture(new EntryIndex.Sizes(5, 2)));
    }
}

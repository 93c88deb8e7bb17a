package io.magpie.adapter.jdbc;

class SqliteContractTest extends StorageContract {
    SqliteContractTest() {
        super(new SqliteFixture());
    }
}

package io.magpie.adapter.jdbc;

class SqliteContractTest extends SqliteContract {
    SqliteContractTest() {
        super(new SqliteFixture());
    }
}

package io.magpie.adapter.jdbc;

import io.magpie.adapter.jdbc.database.Dialect;

class PostgresqlContractIT extends StorageContract {
    PostgresqlContractIT() {
        super(new DatabaseFixture(Dialect.POSTGRESQL));
    }
}

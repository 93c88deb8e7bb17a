package io.magpie.adapter.jdbc;

import io.magpie.adapter.jdbc.database.Dialect;

class MysqlContractIT extends StorageContract {
    MysqlContractIT() {
        super(new DatabaseFixture(Dialect.MYSQL));
    }
}

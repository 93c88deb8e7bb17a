package io.magpie.adapter.mongo;

import io.magpie.adapter.jdbc.StorageContract;

class MongoContractIT extends StorageContract {
    MongoContractIT() {
        super(new EmbeddedFixture());
    }
}

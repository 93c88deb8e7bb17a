package io.magpie.adapter.mongo;

import io.magpie.adapter.jdbc.LogContracts;

class MongoContractIT extends LogContracts {
    MongoContractIT() {
        super(Mongo.fixture());
    }
}

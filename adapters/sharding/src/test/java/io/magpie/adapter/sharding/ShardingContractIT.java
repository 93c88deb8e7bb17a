package io.magpie.adapter.sharding;

import io.magpie.adapter.jdbc.LogContracts;

class ShardingContractIT extends LogContracts {
    ShardingContractIT() {
        super(Schemas.fixture());
    }
}

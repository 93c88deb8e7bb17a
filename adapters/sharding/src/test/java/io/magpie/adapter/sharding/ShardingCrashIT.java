package io.magpie.adapter.sharding;

import io.magpie.adapter.jdbc.ShelfCrashContract;

class ShardingCrashIT extends ShelfCrashContract {
    ShardingCrashIT() {
        super(Schemas.fixture());
    }
}

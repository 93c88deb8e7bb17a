package io.magpie.adapter.mongo;

import io.magpie.adapter.jdbc.ShelfCrashContract;

class MongoCrashIT extends ShelfCrashContract {
    MongoCrashIT() {
        super(Mongo.fixture());
    }
}

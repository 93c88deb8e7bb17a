package io.magpie.adapter.redis;

import io.magpie.core.cluster.Bus;
import io.magpie.core.cluster.BusContract;
import io.magpie.core.cluster.Directory;
import io.magpie.core.cluster.DirectoryContract;
import io.magpie.core.cluster.Incarnation;
import io.magpie.core.cluster.Registry;
import io.magpie.core.cluster.RegistryContract;
import io.magpie.core.cluster.SharedRegistryContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/// The ports on a real Redis.
class RedisContractIT {
    private final Redis redis = Servers.redis();

    @AfterEach
    void closeRedis() {
        redis.close();
    }

    @Nested
    class Buses extends BusContract {
        @Override
        protected Bus open(Incarnation me) {
            return redis.bus(me);
        }
    }

    @Nested
    class Directories extends DirectoryContract {
        @Override
        protected Directory open(Incarnation me) {
            return redis.directory(me);
        }
    }

    @Nested
    class OneRegistry extends RegistryContract {
        @Override
        protected Registry open() {
            return redis.registry(new Incarnation("a", 1));
        }
    }

    @Nested
    class Registries extends SharedRegistryContract {
        @Override
        protected Registry open(Incarnation me) {
            return redis.registry(me);
        }

        @Override
        protected void kill(Registry registry) {
            ((RedisRegistry) registry).abandon();
        }
    }
}

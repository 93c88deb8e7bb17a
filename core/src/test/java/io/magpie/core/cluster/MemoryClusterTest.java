package io.magpie.core.cluster;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Nested;

/// What tests of many nodes stand on keeps the promises of the ports.
class MemoryClusterTest {
    @Nested
    class Buses extends BusContract {
        private final MemoryBus.Wire wire = new MemoryBus.Wire();

        @Override
        protected Bus open(Incarnation me) {
            return wire.join(me);
        }
    }

    @Nested
    class Directories extends DirectoryContract {
        private final MemoryDirectory.Table table = new MemoryDirectory.Table();

        @Override
        protected Directory open(Incarnation me) {
            return table.join(me);
        }
    }

    @Nested
    class Registries extends SharedRegistryContract {
        private final MemoryRegistry.Board board = new MemoryRegistry.Board();
        private final Map<Registry, Incarnation> opened = new HashMap<>();

        @Override
        protected Registry open(Incarnation me) {
            var registry = board.join(me);
            opened.put(registry, me);
            return registry;
        }

        @Override
        protected void kill(Registry registry) {
            board.kill(Objects.requireNonNull(opened.get(registry)));
        }
    }
}

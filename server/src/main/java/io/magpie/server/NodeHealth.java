package io.magpie.server;

import io.magpie.core.storage.Storage;
import io.magpie.server.ops.HealthCheck;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What must work before this node is sent any traffic.
@Configuration(proxyBeanMethods = false)
class NodeHealth {
    private record Check(String name, Supplier<Optional<String>> asked) implements HealthCheck {
        @Override
        public Optional<String> problem() {
            return asked.get();
        }
    }

    @Bean
    HealthCheck storeHealth(Storage storage) {
        return new Check(
                "store",
                () -> storage.store()
                        .problem()
                        .map(problem -> "cannot write: " + problem)
                        .or(() -> storage.log().mark() >= 0 ? Optional.empty() : Optional.of("has lost its log")));
    }

    @Bean
    HealthCheck realtimeHealth(Doors doors) {
        return new Check("realtime", () -> doors.isRunning() ? Optional.empty() : Optional.of("does not accept"));
    }
}

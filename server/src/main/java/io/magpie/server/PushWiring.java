package io.magpie.server;

import io.magpie.adapter.webhook.Webhook;
import io.magpie.adapter.webhook.WebhookSettings;
import io.magpie.adapter.webhook.WebhookStats;
import io.magpie.core.delivery.Delivery;
import io.magpie.core.push.PushSettings;
import io.magpie.core.push.PushStats;
import io.magpie.core.push.PushWatch;
import io.magpie.core.storage.Storage;
import io.magpie.server.config.Settings;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Who tells members whose devices are away.
@Configuration(proxyBeanMethods = false)
class PushWiring {
    private static final Duration RETRY = Duration.ofSeconds(1);

    @Bean
    PushStats pushStats() {
        return new PushStats();
    }

    @Bean
    WebhookStats webhookStats() {
        return new WebhookStats();
    }

    @Bean(destroyMethod = "close")
    PushTap pushTap(
            Settings settings,
            Storage storage,
            Delivery delivery,
            InstantSource clock,
            PushStats stats,
            WebhookStats webhookStats) {
        var push = settings.push();
        var hook = push.webhook();
        if (hook.url() == null) {
            return PushTap.none(delivery);
        }
        var secret = hook.secret() == null ? null : hook.secret().value();
        var service = new Webhook(
                new WebhookSettings(
                        URI.create(hook.url()), secret, Duration.ofMillis(hook.timeoutMs()), hook.queueBytes(), RETRY),
                clock,
                webhookStats);
        var watch = new PushWatch(
                delivery,
                storage.log(),
                storage.members(),
                service,
                new PushSettings(Duration.ofMillis(push.afterMs()), push.includeContent()),
                clock,
                stats);
        return new PushTap(watch, watch.acknowledgements(), List.of(watch), service);
    }

    @Bean
    Upkeep notifying(PushTap tap) {
        return new Upkeep("push", tap.chores());
    }
}

package io.magpie.server;

import io.magpie.adapter.webhook.WebhookStats;
import io.magpie.core.cluster.RelayStats;
import io.magpie.core.delivery.DeliveryStats;
import io.magpie.core.file.FileStats;
import io.magpie.core.journal.JournalStats;
import io.magpie.core.message.MessageStats;
import io.magpie.core.node.Placement;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.push.PushStats;
import io.magpie.core.search.SearchStats;
import io.magpie.core.session.Weight;
import io.magpie.core.transcription.TranscriptionStats;
import io.magpie.core.upkeep.StoreWatch;
import io.magpie.core.upkeep.UpkeepStats;
import io.magpie.gateway.CloseReason;
import io.magpie.gateway.GatewayStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What the rooms count, under the names that dashboards use. The rooms themselves know no metrics library.
@Configuration(proxyBeanMethods = false)
class NodeMetrics {
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;

    @Bean
    GatewayStats gatewayStats() {
        return new GatewayStats();
    }

    @Bean
    MeterBinder gatewayMeters(GatewayStats stats) {
        return registry -> {
            gauge(registry, "magpie.connections", "Realtime connections open", stats, GatewayStats::connections);
            gauge(registry, "magpie.sessions", "Connections that said hello", stats, GatewayStats::sessions);
            gauge(registry, "magpie.sessions.lagging", "Sessions that owe a lagging", stats, GatewayStats::lagging);
            count(registry, "magpie.connections.accepted", "Connections accepted", stats, GatewayStats::accepted);
            count(registry, "magpie.frames.received", "Messages from clients", stats, GatewayStats::framesIn);
            count(registry, "magpie.frames.sent", "Replies and pushes to clients", stats, GatewayStats::framesOut);
            count(registry, "magpie.bytes.received", "Bytes from clients", stats, GatewayStats::bytesIn);
            count(registry, "magpie.bytes.sent", "Bytes to clients", stats, GatewayStats::bytesOut);
            count(registry, "magpie.frames.malformed", "Frames against the protocol", stats, GatewayStats::malformed);
            count(registry, "magpie.probes", "Probes of half-dead sessions", stats, GatewayStats::probes);
            for (CloseReason reason : CloseReason.values()) {
                counter("magpie.connections.closed", "Connections closed", stats, s -> s.closed(reason))
                        .tag("reason", word(reason))
                        .register(registry);
            }
            for (Weight weight : Weight.values()) {
                counter("magpie.pushes.dropped", "Pushes a slow reader did not get", stats, s -> s.dropped(weight))
                        .tag("weight", word(weight))
                        .register(registry);
            }
        };
    }

    @Bean
    MeterBinder messageMeters(MessageStats stats) {
        return registry -> {
            count(registry, "magpie.sends", "New messages acknowledged", stats, MessageStats::sent);
            count(registry, "magpie.sends.duplicate", "Repeats answered", stats, MessageStats::duplicates);
            for (ErrorCode code : ErrorCode.values()) {
                counter("magpie.sends.rejected", "Sends refused", stats, s -> s.rejections(code))
                        .tag("code", code.wireName())
                        .register(registry);
            }
        };
    }

    @Bean
    MeterBinder deliveryMeters(DeliveryStats stats) {
        return registry -> {
            count(registry, "magpie.deliveries", "Pushes handed to connections", stats, DeliveryStats::pushes);
            count(registry, "magpie.entries.delivered", "Entries delivered", stats, DeliveryStats::entries);
            count(registry, "magpie.delivery.lag.seconds", "Their age by then", stats, s -> s.lagMs() / MILLIS);
            count(registry, "magpie.entries.early", "Entries that waited for others", stats, DeliveryStats::holes);
            count(registry, "magpie.entries.late", "Entries told by lagging", stats, DeliveryStats::late);
            count(registry, "magpie.sweeps.skipped", "Sweeps with too many changes", stats, DeliveryStats::skips);
            count(registry, "magpie.sweeps.surrendered", "Times all had to pull", stats, DeliveryStats::surrenders);
            count(registry, "magpie.entries.repaired", "Entries fetched from the log", stats, DeliveryStats::repairs);
        };
    }

    @Bean
    MeterBinder clusterMeters(RelayStats stats, Placement placement) {
        return registry -> {
            gauge(
                    registry,
                    "magpie.nodes",
                    "Nodes that live, as this one sees them",
                    placement,
                    p -> p.nodes().size());
            gauge(
                    registry,
                    "magpie.relay.waiting.bytes",
                    "What waits for other nodes",
                    stats,
                    RelayStats::waitingBytes);
            count(registry, "magpie.relay.records", "Records to other nodes", stats, RelayStats::records);
            count(registry, "magpie.relay.facts", "Facts in those records", stats, RelayStats::facts);
            count(registry, "magpie.relay.failures", "Records the bus did not take", stats, RelayStats::failures);
            count(registry, "magpie.relay.overflows", "Facts given up, too many wait", stats, RelayStats::overflows);
            count(registry, "magpie.relay.arrivals", "Records of other nodes", stats, RelayStats::arrivals);
            count(registry, "magpie.relay.gaps", "Times that records may be lost", stats, RelayStats::gaps);
            count(registry, "magpie.relay.unreadable", "Records not understood", stats, RelayStats::unreadables);
            count(registry, "magpie.directory.failures", "Calls it did not answer", stats, RelayStats::lookUpFailures);
            count(registry, "magpie.directory.losses", "Times that it lost rows", stats, RelayStats::rowsLost);
        };
    }

    @Bean
    MeterBinder journalMeters(JournalStats stats) {
        return registry -> {
            count(registry, "magpie.commits", "Group commits", stats, JournalStats::commits);
            count(registry, "magpie.commit.entries", "Entries in group commits", stats, JournalStats::drafts);
            count(
                    registry,
                    "magpie.commit.seconds",
                    "Time spent in group commits",
                    stats,
                    s -> s.commitNanos() / NANOS);
            count(registry, "magpie.commits.failed", "Group commits that failed", stats, JournalStats::failures);
            count(
                    registry,
                    "magpie.commits.overloads",
                    "Entries refused, too many wait",
                    stats,
                    JournalStats::overloads);
            gauge(registry, "magpie.commit.waiting.bytes", "What waits for commit", stats, JournalStats::waitingBytes);
        };
    }

    @Bean
    UpkeepStats upkeepStats() {
        return new UpkeepStats();
    }

    @Bean
    MeterBinder upkeepMeters(UpkeepStats stats, StoreWatch watch) {
        return registry -> {
            gauge(registry, "magpie.store.writable", "1 if it can write", watch, w -> w.writable() ? 1 : 0);
            count(registry, "magpie.retention.deleted", "Entries deleted as too old", stats, UpkeepStats::entries);
            count(registry, "magpie.sweep.logins", "Expired logins deleted", stats, UpkeepStats::logins);
            count(registry, "magpie.sweep.requests", "Answered requests deleted", stats, UpkeepStats::requests);
        };
    }

    @Bean
    MeterBinder searchMeters(SearchStats stats) {
        return registry -> {
            count(registry, "magpie.searches", "Searches of messages", stats, SearchStats::searches);
            count(registry, "magpie.search.indexed", "Entries the index dealt with", stats, SearchStats::indexed);
            gauge(registry, "magpie.search.behind", "Entries not indexed yet", stats, SearchStats::behind);
        };
    }

    @Bean
    MeterBinder transcriptionMeters(TranscriptionStats stats) {
        return registry -> {
            gauge(registry, "magpie.voice.waiting", "Voice messages that wait", stats, TranscriptionStats::waiting);
            count(registry, "magpie.voice.written", "Transcripts added", stats, TranscriptionStats::written);
            count(registry, "magpie.voice.silent", "Recordings of nothing said", stats, TranscriptionStats::silent);
            count(registry, "magpie.voice.failures", "Requests to repeat", stats, TranscriptionStats::failures);
            count(registry, "magpie.voice.refused", "Recordings refused", stats, TranscriptionStats::refused);
            count(registry, "magpie.voice.given.up", "Recordings given up", stats, TranscriptionStats::givenUp);
            count(registry, "magpie.voice.overtaken", "Recalled or edited first", stats, TranscriptionStats::overtaken);
            count(registry, "magpie.voice.dropped", "Too many waited", stats, TranscriptionStats::dropped);
        };
    }

    @Bean
    MeterBinder fileMeters(FileStats stats, UpkeepStats upkeep) {
        return registry -> {
            gauge(registry, "magpie.uploads.running", "Uploads under way", stats, FileStats::uploading);
            count(registry, "magpie.uploads", "Uploads that became a file", stats, FileStats::uploads);
            count(registry, "magpie.uploads.bytes", "Bytes of these", stats, FileStats::uploadedBytes);
            count(registry, "magpie.uploads.refused", "Uploads refused", stats, FileStats::refused);
            count(registry, "magpie.uploads.broken", "Uploads whose sender went away", stats, FileStats::broken);
            count(registry, "magpie.downloads", "Files opened for reading", stats, FileStats::downloads);
            count(registry, "magpie.sweep.files", "Unused files deleted", upkeep, UpkeepStats::files);
            count(registry, "magpie.sweep.contents", "Contents deleted", upkeep, UpkeepStats::contents);
        };
    }

    @Bean
    MeterBinder pushMeters(PushStats entries, WebhookStats hook) {
        return registry -> {
            gauge(registry, "magpie.push.waiting", "Entries devices may still take", entries, PushStats::waiting);
            count(registry, "magpie.push.forgotten", "Entries too many to watch", entries, PushStats::forgotten);
            count(registry, "magpie.push.notifications", "Notifications made", entries, PushStats::notifications);
            count(registry, "magpie.push.users", "Members in notifications", entries, PushStats::users);
            count(registry, "magpie.webhook.requests", "Requests made", hook, WebhookStats::requests);
            count(registry, "magpie.webhook.failures", "Requests to repeat", hook, WebhookStats::failures);
            count(registry, "magpie.webhook.delivered", "Notifications taken", hook, WebhookStats::delivered);
            count(registry, "magpie.webhook.refused", "Notifications refused", hook, WebhookStats::refused);
            count(registry, "magpie.webhook.dropped", "Notifications given up", hook, WebhookStats::dropped);
            gauge(registry, "magpie.webhook.waiting.bytes", "What waits", hook, WebhookStats::waitingBytes);
        };
    }

    private static <S> void gauge(
            MeterRegistry registry, String name, String description, S stats, ToDoubleFunction<S> value) {
        Gauge.builder(name, stats, value)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    private static <S> void count(
            MeterRegistry registry, String name, String description, S stats, ToDoubleFunction<S> value) {
        counter(name, description, stats, value).register(registry);
    }

    private static <S> FunctionCounter.Builder<S> counter(
            String name, String description, S stats, ToDoubleFunction<S> value) {
        return FunctionCounter.builder(name, stats, value).description(description);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package io.magpie.server;

import io.magpie.adapter.local.BlockedWords;
import io.magpie.core.cluster.Holdings;
import io.magpie.core.cluster.Relay;
import io.magpie.core.delivery.Audiences;
import io.magpie.core.delivery.Delivery;
import io.magpie.core.delivery.DeliveryStats;
import io.magpie.core.delivery.Reconciler;
import io.magpie.core.dispatch.Admission;
import io.magpie.core.dispatch.Dispatcher;
import io.magpie.core.dispatch.NodeInfo;
import io.magpie.core.file.FileRules;
import io.magpie.core.journal.GroupCommit;
import io.magpie.core.journal.Journal;
import io.magpie.core.journal.JournalStats;
import io.magpie.core.limit.Rate;
import io.magpie.core.limit.TokenBuckets;
import io.magpie.core.message.MessageChanges;
import io.magpie.core.message.MessageRules;
import io.magpie.core.message.MessageService;
import io.magpie.core.message.MessageSettings;
import io.magpie.core.message.MessageStats;
import io.magpie.core.message.Moderation;
import io.magpie.core.message.TypingService;
import io.magpie.core.presence.PresenceService;
import io.magpie.core.presence.RemotePresence;
import io.magpie.core.push.RelayedAcknowledgements;
import io.magpie.core.session.Authenticator;
import io.magpie.core.session.SessionEnds;
import io.magpie.core.session.Sessions;
import io.magpie.core.session.Workers;
import io.magpie.core.storage.Storage;
import io.magpie.core.sync.ConversationService;
import io.magpie.core.sync.Cursors;
import io.magpie.core.sync.HistoryService;
import io.magpie.core.sync.ReadService;
import io.magpie.core.sync.SyncService;
import io.magpie.server.config.Settings;
import io.magpie.server.store.ChosenDatabase;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The way of a message, part by part, in the order in which a message meets them. What it stands on is in
/// [StoreWiring], who may come in [AccountWiring], what starts and stops it in [Engine] and [Doors].
@Configuration(proxyBeanMethods = false)
class Wiring {
    /// What may block at the same time on behalf of sessions; the store's readers are fewer still.
    private static final int AT_WORK = 64;

    /// Whoever has not sent for the longest time is forgotten first, and may send a full burst again.
    private static final int MAX_SENDERS = 200_000;

    @Bean
    Workers workers() {
        return new Workers("session", AT_WORK);
    }

    @Bean
    TokenBuckets<Long> sendLimit(Settings settings, InstantSource clock) {
        var limits = settings.limits();
        return new TokenBuckets<>(Rate.perSecond(limits.sendsPerSecond(), limits.sendBurst()), MAX_SENDERS, clock);
    }

    @Bean
    Moderation moderation(Settings settings) {
        return new BlockedWords(settings.messages().blockedWords());
    }

    @Bean
    MessageRules messageRules(
            Storage storage, FileRules files, Moderation moderation, Settings settings, InstantSource clock) {
        var messages = settings.messages();
        var from = switch (messages.from()) {
            case ANYONE -> MessageSettings.From.ANYONE;
            case FRIENDS -> MessageSettings.From.FRIENDS;
        };
        return new MessageRules(
                storage.contacts(),
                storage.groups(),
                storage.members(),
                storage.log(),
                files,
                moderation,
                new MessageSettings(from, messages.recallWindowMs(), messages.editWindowMs()),
                clock);
    }

    @Bean
    MessageStats messageStats() {
        return new MessageStats();
    }

    @Bean
    MessageService messageService(
            MessageRules rules,
            GroupCommit commit,
            Storage storage,
            TokenBuckets<Long> sendLimit,
            MessageStats stats,
            InstantSource clock) {
        return new MessageService(rules, commit, storage.log(), sendLimit::take, stats, clock);
    }

    @Bean
    MessageChanges messageChanges(MessageRules rules, GroupCommit commit, TokenBuckets<Long> sendLimit) {
        return new MessageChanges(rules, commit, sendLimit::take);
    }

    @Bean
    JournalStats journalStats() {
        return new JournalStats();
    }

    @Bean
    GroupCommit groupCommit(
            Settings settings, Storage storage, CommitTap tap, InstantSource clock, JournalStats stats) {
        return new GroupCommit(storage.log(), tap.afterCommit(), clock, stats, ChosenDatabase.messageWriters(settings));
    }

    @Bean
    Journal journal(Storage storage, CommitTap tap) {
        return new Journal(storage.store(), tap.afterCommit());
    }

    @Bean
    Sessions sessions() {
        return new Sessions();
    }

    @Bean
    Audiences audiences(Sessions sessions, Storage storage, Holdings holdings, InstantSource clock) {
        return new Audiences(sessions, storage.members(), holdings, clock);
    }

    @Bean
    DeliveryStats deliveryStats(InstantSource clock) {
        return new DeliveryStats(clock);
    }

    @Bean
    Delivery delivery(Sessions sessions, Audiences audiences, Relay relay, DeliveryStats stats) {
        return new Delivery(sessions, audiences, relay, stats);
    }

    @Bean
    Reconciler reconciler(
            Storage storage, Delivery delivery, Audiences audiences, DeliveryStats stats, InstantSource clock) {
        return new Reconciler(storage.log(), delivery, audiences, stats, clock);
    }

    @Bean
    TypingService typingService(MessageRules rules, Delivery delivery, InstantSource clock) {
        return new TypingService(rules, delivery, clock);
    }

    @Bean
    HistoryService historyService(Storage storage) {
        return new HistoryService(storage.members(), storage.log());
    }

    @Bean
    Cursors cursors(Journal journal, Storage storage, Delivery delivery, InstantSource clock) {
        return new Cursors(journal, storage.log(), delivery, clock);
    }

    @Bean
    ReadService readService(
            HistoryService history,
            Storage storage,
            Cursors cursors,
            Delivery delivery,
            RelayedAcknowledgements acknowledgements) {
        return new ReadService(history, storage.log(), cursors, delivery, acknowledgements);
    }

    @Bean
    SyncService syncService(Storage storage, InstantSource clock) {
        return new SyncService(
                storage.members(), storage.log(), storage.groups(), storage.accounts(), storage.contacts(), clock);
    }

    @Bean
    ConversationService conversationService(
            HistoryService history, SyncService sync, Storage storage, Journal journal, InstantSource clock) {
        return new ConversationService(history, sync, storage.members(), storage.log(), journal, clock);
    }

    @Bean
    PresenceService presenceService(
            Sessions sessions,
            Storage storage,
            Journal journal,
            InstantSource clock,
            Relay relay,
            RemotePresence elsewhere) {
        return new PresenceService(sessions, storage.accounts(), journal, clock, relay, elsewhere);
    }

    @Bean
    NodeInfo nodeInfo(Settings settings, Storage storage) {
        return new NodeInfo(
                settings.node().id(),
                storage.store().epoch(),
                settings.realtime().heartbeatMs(),
                settings.limits().frameBytes());
    }

    @Bean
    Admission admission(
            Authenticator authenticator,
            Sessions sessions,
            SessionEnds ends,
            Audiences audiences,
            PresenceService presence,
            Workers workers,
            NodeInfo node,
            InstantSource clock) {
        return new Admission(authenticator, sessions, ends, audiences, presence, workers, node, clock);
    }

    @Bean
    Dispatcher dispatcher(
            Admission admission,
            MessageService messages,
            MessageChanges changes,
            TypingService typing,
            ReadService reads,
            HistoryService history,
            SyncService sync,
            PresenceService presence) {
        return new Dispatcher(admission, messages, changes, typing, reads, history, sync, presence);
    }
}

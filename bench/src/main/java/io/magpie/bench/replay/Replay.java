package io.magpie.bench.replay;

import io.magpie.bench.check.History;
import io.magpie.bench.target.Magpie;
import io.magpie.bench.target.MagpieApi;
import io.magpie.client.ClientRuntime;
import io.magpie.core.conversation.ConversationId;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Plays logs side by side, each in a group of its own with a live connection for everybody who speaks, and two
/// members per group who are offline until it is over. Then compares what everybody got with what was sent. With
/// several servers, people are spread over them, and whoever loses its connection goes to the next one.
public final class Replay implements AutoCloseable {
    private static final int OFFLINE_MEMBERS = 2;
    private static final int CONNECTING_AT_ONCE = 32;
    private static final int ONLINE_SECONDS = 60;
    /// Longer than the server may take to repair itself.
    private static final int QUIET_SECONDS = 40;

    private final List<Magpie> servers;
    private final List<URI> webSockets;
    private final AtomicInteger placed = new AtomicInteger();
    private final Consumer<String> progress;
    private final ClientRuntime runtime = ClientRuntime.start();
    private final History history = new History();
    private final Map<String, Attendee> online = new LinkedHashMap<>();
    private final Map<String, Channel> channelByGroup = new ConcurrentHashMap<>();
    private final List<Channel> channels = new CopyOnWriteArrayList<>();

    /// @param servers at least one; the first makes the groups
    public Replay(List<Magpie> servers, Consumer<String> progress) {
        this.servers = List.copyOf(servers);
        this.webSockets = servers.stream()
                .map(server -> URI.create("ws://" + server.realtime() + "/ws"))
                .toList();
        this.progress = progress;
    }

    /// How many messages have been acknowledged so far. Any thread.
    public long acknowledged() {
        return channels.stream().mapToLong(Channel::acknowledged).sum();
    }

    /// Blocks until everything is compared.
    public ReplayResult run(List<ChatLog> logs) throws InterruptedException {
        List<String> nicks =
                logs.stream().flatMap(log -> log.nicks().stream()).distinct().toList();
        connect(nicks);
        for (ChatLog log : logs) {
            open(log);
        }
        List<CompletableFuture<Void>> playing =
                channels.stream().map(Channel::play).toList();
        CompletableFuture<Void> played = CompletableFuture.allOf(playing.toArray(CompletableFuture[]::new));
        while (!played.isDone()) {
            showPlaying();
            TimeUnit.MILLISECONDS.sleep(200);
        }
        get(played, 1, "play");
        await(this::allDelivered, this::delivered, this::showPlaying);
        List<ReplayResult.Live> live = channels.stream().map(this::live).toList();
        return new ReplayResult(live, catchUp(), history.contradictions());
    }

    private void connect(List<String> nicks) throws InterruptedException {
        for (int from = 0; from < nicks.size(); from += CONNECTING_AT_ONCE) {
            progress.accept("login " + from + "/" + nicks.size());
            List<String> some = nicks.subList(from, Math.min(nicks.size(), from + CONNECTING_AT_ONCE));
            for (String nick : some) {
                online.put(nick, attend(nick, Subjects.of(nick)));
            }
            for (String nick : some) {
                get(attendee(nick).user(), ONLINE_SECONDS, "log in " + Subjects.of(nick));
            }
        }
    }

    private Attendee attend(String name, String subject) {
        return new Attendee(runtime, anywhere(), token(subject, name), history.device(subject), this::arrived);
    }

    /// Another place at every attempt.
    private Supplier<CompletableFuture<URI>> anywhere() {
        var next = new AtomicInteger(placed.getAndIncrement());
        return () -> CompletableFuture.completedFuture(
                webSockets.get(Math.floorMod(next.getAndIncrement(), webSockets.size())));
    }

    private String token(String subject, String name) {
        return servers.getFirst().token(subject, name);
    }

    private Attendee attendee(String nick) {
        Attendee found = online.get(nick);
        if (found == null) {
            throw new IllegalStateException(nick + " is not connected");
        }
        return found;
    }

    private void arrived(ConversationId group, String clientId, boolean own) {
        Channel channel = channelByGroup.get(group.toString());
        if (channel != null) {
            channel.arrived(clientId, own);
        }
    }

    /// The group, its members and the two that stay away; these come once, so that there are accounts.
    private void open(ChatLog log) throws InterruptedException {
        progress.accept("group " + log.name());
        List<Long> members = new ArrayList<>();
        List<String> nicks = List.copyOf(log.nicks());
        for (String nick : nicks) {
            members.add(get(attendee(nick).user(), 1, "log in"));
        }
        for (int i = 0; i < OFFLINE_MEMBERS; i++) {
            try (Attendee visitor = attend("Away", awaySubject(log, i))) {
                members.add(get(visitor.user(), ONLINE_SECONDS, "log in " + awaySubject(log, i)));
            }
        }
        String owner = nicks.getFirst();
        long group = new MagpieApi(servers.getFirst().http())
                .create(token(Subjects.of(owner), owner), log.name(), members.subList(1, members.size()));
        ConversationId conversation = ConversationId.group(group);
        Channel channel = new Channel(log, conversation, online, history);
        channelByGroup.put(conversation.toString(), channel);
        channels.add(channel);
    }

    private static String awaySubject(ChatLog log, int number) {
        return Subjects.of(log.name()) + "-away-" + number;
    }

    private long delivered() {
        return channels.stream().mapToLong(Channel::delivered).sum();
    }

    private boolean allDelivered() {
        return channels.stream().allMatch(Channel::complete);
    }

    private void showPlaying() {
        long sent = acknowledged();
        long lines = channels.stream()
                .mapToLong(channel -> channel.log().lines().size())
                .sum();
        long due = channels.stream().mapToLong(Channel::deliveriesDue).sum();
        progress.accept(ProgressBar.of(sent, lines) + " " + sent + "/" + lines + " messages, " + delivered() + "/" + due
                + " deliveries");
    }

    private interface Amount {
        long now();
    }

    private interface Condition {
        boolean holds();
    }

    /// Until it holds, or nothing has changed for longer than the server may take to repair itself.
    private static void await(Condition condition, Amount amount, Runnable show) throws InterruptedException {
        long before = -1;
        for (int quiet = 0; quiet < QUIET_SECONDS * 5 && !condition.holds(); quiet++) {
            long now = amount.now();
            quiet = now == before ? quiet : 0;
            before = now;
            show.run();
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private ReplayResult.Live live(Channel channel) {
        List<String> members = channel.log().nicks().stream().map(Subjects::of).toList();
        return new ReplayResult.Live(
                channel.log().name(),
                channel.log().lines().size(),
                members.size(),
                channel.delivered(),
                history.verdict(channel.group().toString(), members),
                channel.seconds(),
                channel.latency());
    }

    /// The devices that were away come and fetch everything.
    private List<ReplayResult.Away> catchUp() throws InterruptedException {
        List<ReplayResult.Away> results = new ArrayList<>();
        for (Channel channel : channels) {
            for (int i = 0; i < OFFLINE_MEMBERS; i++) {
                results.add(catchUp(channel, awaySubject(channel.log(), i)));
            }
        }
        return results;
    }

    private ReplayResult.Away catchUp(Channel channel, String subject) throws InterruptedException {
        String group = channel.group().toString();
        String device = subject + "-back";
        int due = channel.log().lines().size();
        long from = System.nanoTime();
        var record = history.device(device);
        // The first visit of this user ended before there was a group, so its record holds nothing of it.
        try (Attendee _ = new Attendee(runtime, anywhere(), token(subject, "Away"), record, (_, _, _) -> {})) {
            await(
                    () -> history.verdict(group, List.of(device)).missing() == 0,
                    () -> record.size(group),
                    () -> progress.accept(
                            "catching up: " + channel.log().name() + " " + record.size(group) + "/" + due));
        }
        double seconds = (System.nanoTime() - from) / 1e9;
        return new ReplayResult.Away(channel.log().name(), subject, history.verdict(group, List.of(device)), seconds);
    }

    private static <T> T get(CompletableFuture<T> future, int seconds, String what) throws InterruptedException {
        try {
            return future.get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("could not " + what + ": " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("could not " + what + " within " + seconds + " s", e);
        }
    }

    @Override
    public void close() {
        // Each close waits for the server's goodbye; one after the other would take minutes.
        List<Thread> closing = online.values().stream()
                .map(attendee -> Thread.ofVirtual().start(attendee::close))
                .toList();
        try {
            for (Thread thread : closing) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        runtime.close();
    }
}

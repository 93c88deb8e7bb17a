package io.magpie.bench.verify.run;

import io.magpie.bench.verify.history.Recorder;
import io.magpie.bench.verify.history.What;
import io.magpie.client.http.Answers;
import io.magpie.client.http.MagpieHttp;
import io.magpie.core.command.Command;
import io.magpie.core.command.Reply;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Content;
import io.magpie.core.log.Mentions;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What one device does all day, by the dice: mostly it sends. A message without an answer is sent again with the
/// same clientId, wherever the device is by then; some are given up. One thread.
final class Habits {
    private static final int ANSWER_MS = 6_000;
    private static final int REMEMBERED = 20;

    private final LiveDevice device;
    private final World.User user;
    private final World world;
    private final List<Place> places;
    private final HttpClient http;
    private final Recorder recorder;
    private final String prefix;
    private final boolean roams;
    private final Random random;
    private final Deque<Command.Send> acknowledged = new ArrayDeque<>();
    private final Deque<Reply.Sent> own = new ArrayDeque<>();
    private Command.@Nullable Send pending;
    private int numbered;

    /// @param http for calls that are no requests of the protocol
    record Surroundings(World world, List<Place> places, HttpClient http, Recorder recorder) {}

    /// @param prefix makes clientIds and texts of this device unique in the run
    /// @param roams whether it goes away and comes back; one that does not shows whether it is told everything
    Habits(LiveDevice device, World.User user, Surroundings around, String prefix, boolean roams, Random random) {
        this.device = device;
        this.user = user;
        this.world = around.world();
        this.places = around.places();
        this.http = around.http();
        this.recorder = around.recorder();
        this.prefix = prefix;
        this.roams = roams;
        this.random = random;
    }

    LiveDevice device() {
        return device;
    }

    /// One thing.
    void act() throws InterruptedException {
        Optional<Talk> talk = device.talk();
        if (talk.isEmpty()) {
            device.connect(anywhere());
            return;
        }
        Talk current = talk.get();
        if (device.lags()) {
            device.catchUp(current);
            return;
        }
        int dice = random.nextInt(100);
        if (pending != null) {
            sendPending(current);
        } else if (dice < 62) {
            pending = message(somewhere());
            sendPending(current);
        } else if (dice < 74) {
            read(current);
        } else if (dice < 79) {
            current.ask(new Command.Typing(somewhere(), random.nextBoolean()), ANSWER_MS);
        } else if (dice < 82) {
            device.watch(current, world.ids());
        } else if (dice < 85) {
            recall(current);
        } else if (dice < 88) {
            again(current);
        } else if (dice < 92) {
            comeOrGo();
        } else if (dice < 96) {
            lookBack(current);
        } else if (roams) {
            roam();
        }
    }

    private void roam() throws InterruptedException {
        if (random.nextInt(4) == 0) {
            device.leave("is away");
            Thread.sleep(500 + random.nextInt(5_000));
        } else {
            device.connect(anywhere());
        }
    }

    /// Sends what has no answer yet. True if nothing is left.
    boolean settle() throws InterruptedException {
        if (pending == null) {
            return true;
        }
        Optional<Talk> talk = device.talk();
        if (talk.isEmpty()) {
            device.connect(anywhere());
        } else {
            sendPending(talk.get());
        }
        return pending == null;
    }

    private Place anywhere() {
        return places.get(random.nextInt(places.size()));
    }

    private ConversationId somewhere() {
        return random.nextBoolean()
                ? world.groups().get(random.nextInt(world.groups().size())).conversation()
                : ConversationId.direct(
                        user.id(),
                        world.users().get(random.nextInt(world.users().size())).id());
    }

    private Command.Send message(ConversationId conversation) {
        String id = prefix + "-" + ++numbered;
        return new Command.Send(
                conversation,
                id,
                new Content.Text("message " + id),
                0,
                Mentions.NONE,
                random.nextInt(20) == 0 ? Command.Priority.HIGH : Command.Priority.NORMAL);
    }

    private void sendPending(Talk current) throws InterruptedException {
        Command.Send send = pending;
        if (send == null) {
            return;
        }
        switch (device.send(current, send, ANSWER_MS).orElse(null)) {
            case Reply.Sent sent -> {
                pending = null;
                remember(acknowledged, send);
                remember(own, sent);
            }
            case Reply.Failed(var rejection)
            when isTemporary(rejection.code()) -> Thread.sleep(Math.clamp(rejection.retryAfterMs(), 100, 2_000));
            case Reply.Failed _ -> pending = null;
            // Nobody knows; sometimes it stays so.
            case null, default -> pending = random.nextInt(10) == 0 ? null : send;
        }
    }

    private static boolean isTemporary(ErrorCode code) {
        return code == ErrorCode.UNAVAILABLE || code == ErrorCode.RATE_LIMITED || code == ErrorCode.INTERNAL;
    }

    private static <T> void remember(Deque<T> all, T one) {
        all.addLast(one);
        if (all.size() > REMEMBERED) {
            all.removeFirst();
        }
    }

    private void read(Talk current) throws InterruptedException {
        List<ConversationId> known = device.conversations();
        if (known.isEmpty()) {
            return;
        }
        ConversationId conversation = known.get(random.nextInt(known.size()));
        long top = device.top(conversation);
        if (top > 0) {
            long seq = Math.max(0, top - random.nextInt(4));
            current.ask(new Command.Read(conversation, seq), ANSWER_MS);
        }
    }

    private void recall(Talk current) throws InterruptedException {
        Reply.Sent last = own.pollLast();
        if (last != null) {
            device.change(current, last.conversation(), new Command.Recall(last.conversation(), last.seq()));
        }
    }

    /// As a client does that has lost the answer.
    private void again(Talk current) throws InterruptedException {
        Command.Send send = acknowledged.peekFirst();
        if (send != null) {
            device.send(current, send, ANSWER_MS);
        }
    }

    private void comeOrGo() {
        World.Group group = world.groups().get(random.nextInt(world.groups().size()));
        if (!group.floaters().contains(user)) {
            return;
        }
        boolean join = random.nextBoolean();
        var groups =
                new MagpieHttp(http, anywhere().http()).withToken(user.token()).groups();
        long id = group.conversation().group();
        String call = (join ? "join " : "leave ") + group.conversation();
        String outcome = call(() -> join ? groups.join(id, "") : groups.leave(id));
        device.talk().map(Talk::where).ifPresent(where -> recorder.seen(where, new What.Called(call, outcome)));
    }

    private static String call(Supplier<Outcome<Answers.Empty>> call) {
        try {
            return switch (call.get()) {
                case Outcome.Done<Answers.Empty> _ -> "done";
                case Outcome.Rejected<Answers.Empty> rejected ->
                    rejected.rejection().code().wireName();
            };
        } catch (UncheckedIOException e) {
            return "nobody knows: " + e.getMessage();
        }
    }

    private void lookBack(Talk current) throws InterruptedException {
        ConversationId conversation = somewhere();
        long top = device.top(conversation);
        if (top > 0) {
            // Nothing newer than what it holds: that is for pushes to bring.
            var range = new Command.Range.Before(top + 1);
            current.ask(new Command.History(conversation, range, 20), ANSWER_MS);
        }
    }
}

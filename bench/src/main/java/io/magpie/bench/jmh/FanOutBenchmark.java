package io.magpie.bench.jmh;

import io.magpie.adapter.jdbc.SqliteStore;
import io.magpie.core.cluster.Holdings;
import io.magpie.core.cluster.Relay;
import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.JoinPolicy;
import io.magpie.core.conversation.Members;
import io.magpie.core.delivery.Audiences;
import io.magpie.core.delivery.Delivery;
import io.magpie.core.delivery.DeliveryStats;
import io.magpie.core.device.Device;
import io.magpie.core.device.Login;
import io.magpie.core.device.Platform;
import io.magpie.core.group.Group;
import io.magpie.core.group.Groups;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.session.Connection;
import io.magpie.core.session.Lane;
import io.magpie.core.session.Session;
import io.magpie.core.session.Sessions;
import io.magpie.core.session.Weight;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// From a committed entry to the connections of a group's members, two lanes, up to where a connection would encode
/// and write.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class FanOutBenchmark {
    @Param({"2", "500", "5000"})
    public int members = 2;

    private final Sessions sessions = new Sessions();
    private @Nullable Delivery delivery;
    private ConversationId conversation = ConversationId.group(1);
    private long pushed;
    private long seq;

    @Setup
    public void fill() throws IOException {
        try (StoreFolder folder = new StoreFolder()) {
            SqliteStore store = folder.store();
            conversation = group(store);
            Audiences audiences = new Audiences(sessions, store.members(), Holdings.NONE, InstantSource.system());
            Device device = new Device("device", Platform.BOT, "");
            List<Lane> lanes = List.of(Runnable::run, Runnable::run);
            for (long user = 1; user <= members; user++) {
                Login login = new Login(user, user, device, 0, 0, Long.MAX_VALUE);
                Session session =
                        new Session(login, device, new Counted(lanes.get((int) (user % 2))), Runnable::run, 0);
                audiences.prepare(user);
                var _ = sessions.add(session);
                audiences.entered(session);
            }
            delivery = new Delivery(sessions, audiences, Relay.NONE, new DeliveryStats(InstantSource.system()));
        }
    }

    private ConversationId group(SqliteStore store) {
        List<Long> users = LongStream.rangeClosed(1, members).boxed().toList();
        var committed = store.transact(transaction -> {
            Group group = transaction
                    .on(Groups.Edits.class)
                    .insert(new Group(0, "Group", "", "", JoinPolicy.OPEN, null, false, 0, 1, 0, 0));
            transaction.on(Members.Edits.class).join(group.conversation(), users, 1, 0);
            return Outcome.done(group.conversation());
        });
        return committed.outcome() instanceof Outcome.Done<ConversationId>(var made) ? made : conversation;
    }

    @Benchmark
    public long deliver() {
        if (delivery != null) {
            delivery.committed(List.of(Messages.entry(conversation, ++seq)));
        }
        return pushed;
    }

    private final class Counted implements Connection {
        private final Lane lane;

        Counted(Lane lane) {
            this.lane = lane;
        }

        @Override
        public Lane lane() {
            return lane;
        }

        @Override
        public String address() {
            return "127.0.0.1";
        }

        @Override
        public void push(Event event, Weight weight) {
            pushed++;
        }

        @Override
        public void reply(@Nullable String requestId, Reply reply) {}

        @Override
        public void bye(Event.Bye bye) {}

        @Override
        public void close() {}
    }
}

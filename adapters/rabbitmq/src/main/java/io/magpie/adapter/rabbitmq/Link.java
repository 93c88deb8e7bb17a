package io.magpie.adapter.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DeliverCallback;
import io.magpie.core.cluster.Incarnation;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// One connection to the broker, from its opening to its loss.
///
/// Both kinds of records pass one exchange and come into one queue, whose bindings tell them apart: only so does the
/// broker keep their order. **Thread.** `send` by one thread at a time.
final class Link {
    static final String ALL = "all";

    private static final String EXCHANGE = "magpie";
    private static final int ABORT_MS = 1_000;

    /// A record is of no use after a minute. A full queue refuses instead of dropping: then the publisher knows.
    private static final Map<String, Object> QUEUE =
            Map.of("x-message-ttl", 60_000, "x-max-length-bytes", 64 << 20, "x-overflow", "reject-publish");

    private final Connection connection;
    private final Channel publishing;
    private final BasicProperties properties;
    private final Incarnation me;
    private final Settled settled;
    private final Consumer<Link> lost;
    private final AtomicBoolean over = new AtomicBoolean();
    private final ConcurrentNavigableMap<Long, byte[]> unconfirmed = new ConcurrentSkipListMap<>();

    @FunctionalInterface
    interface Settled {
        void settled(byte[] record, boolean arrived);
    }

    Link(ConnectionFactory factory, Incarnation me, Settled settled, Consumer<Link> lost)
            throws IOException, TimeoutException {
        this.me = me;
        this.settled = settled;
        this.lost = lost;
        properties = new BasicProperties.Builder().appId(appId(me)).build();
        connection = factory.newConnection("magpie " + me.node());
        try {
            publishing = connection.createChannel();
            publishing.exchangeDeclare(EXCHANGE, BuiltinExchangeType.DIRECT, true);
            publishing.confirmSelect();
        } catch (IOException e) {
            connection.abort(ABORT_MS);
            throw e;
        }
        publishing.addConfirmListener(
                (number, multiple) -> confirmed(number, multiple, true),
                (number, multiple) -> confirmed(number, multiple, false));
        publishing.addShutdownListener(_ -> ended());
        connection.addShutdownListener(_ -> ended());
    }

    static String keyOf(String node) {
        return "node." + node;
    }

    boolean isOpen() {
        return publishing.isOpen() && !over.get();
    }

    void consume(Consumer<byte[]> received) throws IOException {
        Channel consuming = connection.createChannel();
        String queue = consuming.queueDeclare("", false, true, true, QUEUE).getQueue();
        consuming.queueBind(queue, EXCHANGE, keyOf(me.node()));
        consuming.queueBind(queue, EXCHANGE, ALL);
        consuming.addShutdownListener(_ -> ended());
        DeliverCallback deliver = (_, message) -> {
            if (!appId(me).equals(message.getProperties().getAppId())) {
                received.accept(message.getBody());
            }
        };
        consuming.basicConsume(queue, true, deliver, _ -> ended());
    }

    void send(String key, byte[] record) {
        long number = publishing.getNextPublishSeqNo();
        unconfirmed.put(number, record);
        try {
            publishing.basicPublish(EXCHANGE, key, properties, record);
        } catch (IOException | AlreadyClosedException _) {
            settle(number, false);
        }
    }

    void close() {
        over.set(true);
        connection.abort(ABORT_MS);
        unconfirmed.keySet().forEach(number -> settle(number, false));
    }

    private void confirmed(long number, boolean multiple, boolean arrived) {
        if (multiple) {
            unconfirmed.headMap(number, true).keySet().forEach(each -> settle(each, arrived));
        } else {
            settle(number, arrived);
        }
    }

    private void settle(long number, boolean arrived) {
        byte[] record = unconfirmed.remove(number);
        if (record != null) {
            settled.settled(record, arrived);
        }
    }

    private void ended() {
        if (over.compareAndSet(false, true)) {
            // Not on the connection's own thread, which the closing would wait for.
            Thread.ofVirtual().name("rabbitmq-lost").start(() -> lost.accept(this));
        }
    }

    private static String appId(Incarnation me) {
        return me.node() + "@" + me.number();
    }
}

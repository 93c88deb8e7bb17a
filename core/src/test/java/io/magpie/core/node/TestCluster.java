package io.magpie.core.node;

import io.magpie.core.cluster.Incarnation;
import io.magpie.core.cluster.MemoryBus;
import io.magpie.core.cluster.MemoryDirectory;
import io.magpie.core.cluster.MemoryRegistry;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.delivery.TestMembers;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Mentions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// Several nodes in one process on one log, and engines between them that fail on demand. The clock stands still
/// unless it is moved.
final class TestCluster implements AutoCloseable {
    final MemoryBus.Wire bus = new MemoryBus.Wire();
    final MemoryDirectory.Table directory = new MemoryDirectory.Table();
    final MemoryRegistry.Board registry = new MemoryRegistry.Board();
    final AppendingLog log = new AppendingLog();
    final Fakes.Codec codec = new Fakes.Codec();
    final Fakes.OpenLogins logins = new Fakes.OpenLogins();
    final TestMembers members = new TestMembers(Map.of());
    final AtomicLong now = new AtomicLong(1_000_000_000);
    final InstantSource clock = () -> Instant.ofEpochMilli(now.get());
    private final List<TestNode> nodes = new ArrayList<>();

    TestNode start(String name, long number) {
        var node = new TestNode(this, new Incarnation(name, number));
        nodes.add(node);
        return node;
    }

    List<TestNode> nodes() {
        return nodes;
    }

    /// The sweeps of half a minute, on every node.
    void halfAMinute() {
        for (int i = 0; i < 3; i++) {
            now.addAndGet(10_000);
            nodes.forEach(TestNode::sweep);
        }
    }

    static Body text(String text) {
        return new Body.Message(new Content.Text(text), 0, Mentions.NONE);
    }

    static ConversationId direct(long a, long b) {
        return ConversationId.direct(a, b);
    }

    @Override
    public void close() {
        nodes.forEach(TestNode::stop);
    }
}

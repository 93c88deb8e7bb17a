package io.magpie.adapter.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.magpie.core.cluster.Incarnation;
import io.magpie.core.cluster.Node;
import io.magpie.core.cluster.NodeFields;
import io.magpie.core.cluster.Registry;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.cache.CuratorCacheListener;
import org.apache.curator.framework.recipes.nodes.PersistentNode;
import org.apache.curator.retry.RetryNTimes;
import org.apache.zookeeper.CreateMode;
import org.jspecify.annotations.Nullable;

/// The registry on ZooKeeper: per living node an ephemeral entry `/magpie/nodes/<id>@<incarnation>`, which goes with
/// the node's session, six seconds after it was last heard of.
public final class ZooRegistry implements Registry {
    private static final Logger LOG = System.getLogger(ZooRegistry.class.getName());
    private static final int SESSION_MS = 6_000;
    private static final int CONNECTION_MS = 3_000;
    private static final int WAIT_MS = 1_500;
    private static final String NODES = "/nodes";

    private final CuratorFramework client;
    private final CuratorCache cache;
    private final String path;
    private final List<Consumer<List<Node>>> listeners = new CopyOnWriteArrayList<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("zookeeper-registry").factory());
    private @Nullable PersistentNode entry;
    private @Nullable Node own;
    private volatile List<Node> nodes = List.of();
    private volatile boolean closed;

    private ZooRegistry(CuratorFramework client, Incarnation me) {
        this.client = client;
        path = NODES + "/" + URLEncoder.encode(me.node(), UTF_8) + "@" + me.number();
        cache = CuratorCache.build(client, NODES);
    }

    /// @param servers as in `host:2181,host:2181/chroot`
    /// @throws IllegalArgumentException if that is not what `servers` looks like
    /// @throws IOException if none of them answers
    public static ZooRegistry connect(String servers, Incarnation me) throws IOException {
        CuratorFramework client = CuratorFrameworkFactory.builder()
                .connectString(servers)
                .namespace("magpie")
                .sessionTimeoutMs(SESSION_MS)
                .connectionTimeoutMs(CONNECTION_MS)
                .retryPolicy(new RetryNTimes(2, 200))
                .build();
        client.start();
        try {
            if (client.blockUntilConnected(CONNECTION_MS, TimeUnit.MILLISECONDS)) {
                var registry = new ZooRegistry(client, me);
                registry.watch();
                return registry;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        client.close();
        throw new IOException("no ZooKeeper answers at " + servers);
    }

    @Override
    public synchronized void announce(Node node) {
        own = node;
        byte[] data = NodeFields.text(node).getBytes(UTF_8);
        try {
            if (entry == null) {
                entry = new PersistentNode(client, CreateMode.EPHEMERAL, false, path, data);
                entry.start();
                // Created later if the engine does not answer now.
                entry.waitForInitialCreate(WAIT_MS, TimeUnit.MILLISECONDS);
            } else {
                entry.setData(data);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException("Curator refuses what it should try again", e);
        }
        list();
    }

    @Override
    public List<Node> nodes() {
        return nodes;
    }

    @Override
    public void onChange(Consumer<List<Node>> listener) {
        listeners.add(listener);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        cache.close();
        // The entry ends with the session. Taking it back first would take long when the engine does not answer.
        client.close();
        nodes = List.of();
        thread.shutdown();
    }

    private void watch() {
        client.getConnectionStateListenable().addListener((_, state) -> {
            if (!closed && !state.isConnected()) {
                LOG.log(Level.WARNING, "ZooKeeper does not answer ({0}); the list of nodes stays as it is", state);
            }
        });
        cache.listenable()
                .addListener(CuratorCacheListener.builder()
                        .forAll((_, _, _) -> list())
                        .build());
        cache.start();
    }

    private synchronized void list() {
        if (closed) {
            return;
        }
        // What this node says of itself holds at once, and while the engine does not answer.
        List<Node> known = new ArrayList<>();
        cache.stream()
                .filter(child -> !child.getPath().equals(path))
                .map(child -> node(child.getData()))
                .flatMap(Optional::stream)
                .forEach(known::add);
        if (own != null) {
            known.add(own);
        }
        List<Node> now = NodeFields.listed(known);
        if (!now.equals(nodes)) {
            nodes = now;
            tell(now);
        }
    }

    private void tell(List<Node> now) {
        try {
            thread.execute(() -> listeners.forEach(listener -> listener.accept(now)));
        } catch (RejectedExecutionException _) {
            // Being closed: nobody has to be told.
        }
    }

    private static Optional<Node> node(byte @Nullable [] data) {
        return data == null ? Optional.empty() : NodeFields.node(new String(data, UTF_8));
    }
}

package io.magpie.adapter.nacos;

import io.magpie.core.cluster.Incarnation;
import io.magpie.core.cluster.Node;
import io.magpie.core.cluster.NodeFields;
import io.magpie.core.cluster.Registry;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The registry on Nacos 3, over its HTTP API for clients: every second a node renews its ephemeral instance and
/// reads the list.
///
/// Nacos forgets ephemeral instances when it restarts. So a node that is missing is taken off the list only when
/// Nacos has answered, and known this node, for three seconds without a break, in which the living come back.
public final class NacosRegistry implements Registry {
    private static final Logger LOG = System.getLogger(NacosRegistry.class.getName());
    private static final long TICK_MS = 1_000;
    private static final long WAIT_MS = 2_000;
    private static final int ATTEMPTS = 5;
    private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Api api;
    private final Instances instances;
    private final List<Consumer<List<Node>>> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("nacos-registry").factory());
    private volatile List<Node> heard = List.of();
    private List<Node> told = List.of();
    private volatile @Nullable Node own;
    private @Nullable Node registered;
    private Optional<Long> answeringSince = Optional.of(System.nanoTime() - SETTLED_NANOS);

    private NacosRegistry(Api api, Instances instances) {
        this.api = api;
        this.instances = instances;
    }

    /// @throws IllegalArgumentException if the servers are not like `host:port,host:port`
    /// @throws IOException if none of them answers, or Nacos refuses
    public static NacosRegistry connect(NacosService service, Incarnation me) throws IOException {
        var api = new Api(service);
        var registry = new NacosRegistry(api, new Instances(api, service, me));
        registry.firstList(service);
        var _ = registry.ticks.scheduleWithFixedDelay(registry::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
        return registry;
    }

    /// A busy Nacos gets more than one chance before the start is given up.
    private void firstList(NacosService service) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                heard = instances.list();
                return;
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    close();
                    throw new IOException("no Nacos answers at " + service.servers() + ": " + e.getMessage(), e);
                }
            }
        }
    }

    @Override
    public void announce(Node node) {
        own = node;
        soon(this::tick);
    }

    @Override
    public List<Node> nodes() {
        Node mine = own;
        List<Node> known = new ArrayList<>(heard);
        if (mine != null) {
            known.removeIf(node -> node.life().equals(mine.life()));
            known.add(mine);
        }
        return NodeFields.listed(known);
    }

    @Override
    public void onChange(Consumer<List<Node>> listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        soon(this::leave);
        ticks.shutdownNow();
        api.close();
    }

    private void leave() {
        own = null;
        try {
            if (registered != null) {
                instances.deregister(registered);
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "left without a word: {0}", e.getMessage());
        }
        registered = null;
        heard = List.of();
        tell();
    }

    private void tick() {
        try {
            renew(own);
            List<Node> now = new ArrayList<>(instances.list());
            long since = answeringSince.orElseGet(System::nanoTime);
            answeringSince = Optional.of(since);
            if (System.nanoTime() - since < SETTLED_NANOS) {
                now.addAll(0, heard);
            }
            heard = NodeFields.listed(now);
        } catch (IOException e) {
            if (answeringSince.isPresent()) {
                LOG.log(Level.WARNING, "Nacos does not answer; the list of nodes stays as it is: {0}", e.getMessage());
            }
            answeringSince = Optional.empty();
        }
        tell();
    }

    private void renew(@Nullable Node mine) throws IOException {
        Node before = registered;
        if (mine == null || (mine.equals(before) && instances.beat(mine))) {
            return;
        }
        if (mine.equals(before)) {
            // It forgot this node, so it forgot the others, too.
            answeringSince = Optional.empty();
        } else if (before != null && !before.websocket().equals(mine.websocket())) {
            instances.deregister(before);
        }
        instances.register(mine);
        registered = mine;
    }

    private void tell() {
        List<Node> now = nodes();
        if (!now.equals(told)) {
            told = now;
            listeners.forEach(listener -> listener.accept(now));
        }
    }

    /// On the registry's thread; waits for it a moment.
    private void soon(Runnable what) {
        try {
            ticks.submit(what).get(WAIT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RejectedExecutionException | TimeoutException _) {
            // Closed already, or done later.
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}

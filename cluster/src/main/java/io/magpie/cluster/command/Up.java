package io.magpie.cluster.command;

import io.magpie.cluster.Launch;
import io.magpie.cluster.Topology;
import io.magpie.engines.Engine;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// `./magpie cluster up`. One thread, besides the one at the end of the JVM.
final class Up {
    private static final int GIVE_UP_SECONDS = 20;

    private final Commands commands;
    private final Wish wish;
    private final Supplier<Launch> launch;
    private final Thread command = Thread.currentThread();
    private final CountDownLatch stopped = new CountDownLatch(1);

    Up(Commands commands, Wish wish, Supplier<Launch> launch) {
        this.commands = commands;
        this.wish = wish;
        this.launch = launch;
    }

    /// Ctrl-C ends the cluster, unless it is detached and ran before.
    int run(boolean detached) throws InterruptedException {
        boolean ran = Cluster.in(commands.folder(), commands.configurations())
                .filter(Cluster::isRunning)
                .isPresent();
        var atExit = new Thread(this::end, "cluster-at-exit");
        if (!detached || !ran) {
            Runtime.getRuntime().addShutdownHook(atExit);
        }
        try {
            Cluster cluster = commands.alone(() -> Cluster.up(
                    commands.folder(), commands.configurations(), wish, launch, commands.screen()::progress));
            commands.screen().say(where(cluster));
            if (!detached) {
                try (var observer = new Observer(new Nodes(cluster.remembered().key()))) {
                    commands.watch(cluster, observer, "Ctrl-C ends the cluster; its data stay in " + commands.folder());
                }
            }
            return 0;
        } finally {
            stopped.countDown();
            leave(atExit);
        }
    }

    private static void leave(Thread atExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException _) {
            // It runs already, and ends the cluster.
        }
    }

    /// What is being started is waited for, or it would be left behind.
    private void end() {
        command.interrupt();
        try {
            if (!stopped.await(GIVE_UP_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException _) {
            return;
        }
        commands.screen().keep();
        if (commands.end()) {
            commands.screen().say("the cluster is down");
        }
    }

    private String where(Cluster cluster) {
        Topology topology = cluster.topology();
        String engines = topology.engines().stream().map(Engine::id).collect(Collectors.joining(", "));
        return """
                %d nodes on %s, behind nginx (%s)

                  people      %s
                  WebSocket   %s
                  Socket.IO   %s
                  TCP         %s
                """.formatted(
                        cluster.nodes().size(),
                        engines,
                        cluster.remembered().balance().id(),
                        cluster.front().http(),
                        cluster.front().webSocket(),
                        cluster.front().http(),
                        cluster.front().tcp());
    }
}

package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.cluster.Fleet;
import io.magpie.cluster.FleetNode;
import io.magpie.cluster.Plan;
import io.magpie.cluster.Topology;
import io.magpie.e2e.harness.TestServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes as the cluster's library starts, hurts and ends them.
class FleetIT {
    private static final int PATIENCE_MS = 30_000;

    @Test
    void aNodeIsKilledFrozenDrainedAndComesBackWhereItWas(@TempDir Path folder) throws IOException {
        try (var fleet = Fleet.start(plan(folder, Plan.Lifetime.OF_THE_JVM), _ -> {})) {
            FleetNode node = fleet.node("node-1");
            URI address = node.webSocket();
            long first = node.pid();
            assertThat(ready(node, PATIENCE_MS)).isEqualTo(200);

            node.pause();
            assertThat(node.state()).isEqualTo(FleetNode.State.PAUSED);
            assertThat(answers(node, 300)).isFalse();
            node.resume();
            assertThat(ready(node, PATIENCE_MS)).isEqualTo(200);

            node.kill();
            assertThat(node.state()).isEqualTo(FleetNode.State.DOWN);
            assertThat(ProcessHandle.of(first).filter(ProcessHandle::isAlive)).isEmpty();
            node.start();
            assertThat(node.webSocket()).isEqualTo(address);
            assertThat(node.pid()).isNotEqualTo(first);

            node.pause();
            node.drain();
            assertThat(node.pid()).isZero();
            assertThat(node.log()).content().contains("ready http=");
        }
    }

    @Test
    void aLaterCommandFindsAndEndsWhatWasStarted(@TempDir Path folder) throws IOException {
        long pid;
        try (var started = Fleet.start(plan(folder, Plan.Lifetime.DETACHED), _ -> {})) {
            var found = Fleet.running(folder).orElseThrow();
            FleetNode node = found.node("node-1");
            pid = node.pid();
            assertThat(node.webSocket()).isEqualTo(started.node("node-1").webSocket());
            assertThat(ready(node, PATIENCE_MS)).isEqualTo(200);
            found.close();
            assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
            assertThat(started.node("node-1").state()).isEqualTo(FleetNode.State.DOWN);
        }
    }

    private static Plan plan(Path folder, Plan.Lifetime lifetime) {
        return new Plan(
                folder,
                Topology.alone(),
                TestServer.launch(),
                List.of("log.level=warn"),
                "a secret of the tests, thirty-two bytes or more",
                lifetime,
                false);
    }

    private static boolean answers(FleetNode node, int milliseconds) throws IOException {
        try {
            return ready(node, milliseconds) > 0;
        } catch (SocketTimeoutException _) {
            return false;
        }
    }

    private static int ready(FleetNode node, int milliseconds) throws IOException {
        var connection =
                (HttpURLConnection) node.http().resolve("/health/ready").toURL().openConnection();
        connection.setConnectTimeout(milliseconds);
        connection.setReadTimeout(milliseconds);
        return connection.getResponseCode();
    }
}

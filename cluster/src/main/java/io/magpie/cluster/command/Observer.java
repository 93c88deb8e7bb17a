package io.magpie.cluster.command;

import io.magpie.cluster.FleetNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Asks all nodes how they do, and compares with the time before. One thread.
final class Observer implements AutoCloseable {
    private final Nodes nodes;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Sample> before = new HashMap<>();

    private record Seen(FleetNode node, String state, Nodes.Answer metrics) {}

    Observer(Nodes nodes) {
        this.nodes = nodes;
    }

    /// @param now in nanoseconds
    List<Row> look(List<FleetNode> fleet, long now) throws InterruptedException {
        Map<String, String> states = nodes.states(fleet);
        List<Future<Seen>> asked = fleet.stream()
                .map(node -> threads.submit(() -> see(node, states.getOrDefault(node.id(), "starting"))))
                .toList();
        List<Row> rows = new ArrayList<>();
        for (Future<Seen> one : asked) {
            try {
                rows.add(row(one.get(), now));
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        return rows;
    }

    private Seen see(FleetNode node, String announced) {
        if (node.state() == FleetNode.State.DOWN) {
            return new Seen(node, "down", Nodes.Answer.REFUSED);
        }
        Nodes.Answer ready = nodes.get(node, "/health/ready");
        String state = switch (ready.status()) {
            case 200 -> announced;
            case 503 -> announced.equals("up") ? "not ready" : announced;
            case 0 -> node.state() == FleetNode.State.DOWN ? "down" : "starting";
            default -> "silent";
        };
        return new Seen(node, state, state.equals("silent") ? ready : nodes.get(node, "/metrics"));
    }

    private Row row(Seen seen, long now) {
        if (seen.metrics().status() != 200) {
            before.remove(seen.node().id());
            return new Row(seen.node(), seen.state(), -1, Sample.Rates.UNKNOWN);
        }
        Sample sample = Sample.of(seen.metrics().body(), now);
        Sample last = before.put(seen.node().id(), sample);
        return new Row(
                seen.node(), seen.state(), sample.sessions(), last == null ? Sample.Rates.UNKNOWN : sample.since(last));
    }

    @Override
    public void close() {
        threads.shutdownNow();
        nodes.close();
    }
}

package io.magpie.bench.verify.check;

import io.magpie.bench.verify.history.Line;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// When which nodes could not be expected to do anything: frozen, cut off, without a database.
final class Outages {
    /// What a node has to come back: connections are made anew, waiting work is done.
    private static final long RECOVERY = 5_000_000;

    private final List<Outage> all = new ArrayList<>();
    private final List<Line.Fault> open = new ArrayList<>();

    /// @param target a node; empty for all of them
    private record Outage(String target, Span.Window window) {}

    void add(Line.Fault fault) {
        if (!fault.heavy()) {
            return;
        }
        if (fault.begins()) {
            open.add(fault);
            return;
        }
        open.stream()
                .filter(begun ->
                        begun.fault().equals(fault.fault()) && begun.target().equals(fault.target()))
                .findFirst()
                .ifPresent(begun -> {
                    open.remove(begun);
                    all.add(outage(begun, fault.at() + RECOVERY));
                });
    }

    void end(long at) {
        open.forEach(begun -> all.add(outage(begun, at)));
        open.clear();
    }

    private static Outage outage(Line.Fault begun, long to) {
        String target = begun.target().startsWith("node-") ? begun.target() : "";
        return new Outage(target, new Span.Window(begun.at(), to));
    }

    /// How much of the time the node could serve.
    long served(String node, long from, long to) {
        long lost = 0;
        long covered = from;
        for (Span.Window window : all.stream()
                .filter(outage -> outage.target.isEmpty() || outage.target.equals(node))
                .map(Outage::window)
                .sorted(Comparator.comparingLong(Span.Window::from))
                .toList()) {
            lost += window.overlap(Math.max(from, covered), to);
            covered = Math.max(covered, window.to());
        }
        return Math.max(0, to - from - lost);
    }
}

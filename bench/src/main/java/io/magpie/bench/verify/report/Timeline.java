package io.magpie.bench.verify.report;

import io.magpie.bench.verify.history.History;
import io.magpie.bench.verify.history.Line;
import io.magpie.bench.verify.history.What;
import io.magpie.core.command.Command;
import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.core.log.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A history second by second.
final class Timeline {
    private static final long SECOND = 1_000_000;

    private final int seconds;
    private final double[] sends;
    private final double[] deliveries;
    private final List<List<Double>> answerMs = new ArrayList<>();
    private final List<List<Double>> deliveryMs = new ArrayList<>();
    private final List<Band> faults = new ArrayList<>();
    private final Map<String, Long> askedAt = new HashMap<>();
    private final Map<Long, Long> requestAt = new HashMap<>();

    /// A fault from its beginning to its end, in seconds.
    record Band(String label, double from, double to) {}

    private Timeline(int seconds) {
        this.seconds = seconds;
        this.sends = new double[seconds];
        this.deliveries = new double[seconds];
        for (int i = 0; i < seconds; i++) {
            answerMs.add(new ArrayList<>());
            deliveryMs.add(new ArrayList<>());
        }
    }

    static Timeline of(History history) {
        var timeline = new Timeline((int) (history.end() / SECOND) + 1);
        Map<String, Line.Fault> open = new HashMap<>();
        for (Line line : history.lines()) {
            switch (line) {
                case Line.Seen seen -> timeline.seen(seen);
                case Line.Fault fault when fault.begins() -> open.put(fault.fault() + fault.target(), fault);
                case Line.Fault fault -> {
                    Line.Fault begun = open.remove(fault.fault() + fault.target());
                    if (begun != null) {
                        timeline.faults.add(new Band(
                                (fault.fault() + " " + fault.target()).strip(), begun.at() / 1e6, fault.at() / 1e6));
                    }
                }
                case Line.Milestone _ -> {}
            }
        }
        return timeline;
    }

    private void seen(Line.Seen line) {
        int second = (int) (line.at() / SECOND);
        switch (line.what()) {
            case What.Asked asked
            when asked.command() instanceof Command.Send send -> {
                askedAt.putIfAbsent(message(line.where().user(), send.clientId()), line.at());
                requestAt.put(asked.request(), line.at());
            }
            case What.Answered answered
            when answered.reply() instanceof Reply.Sent -> {
                sends[second]++;
                Long asked = requestAt.remove(answered.request());
                if (asked != null) {
                    answerMs.get(second).add((line.at() - asked) / 1e3);
                }
            }
            case What.Pushed(Event.EntryAdded(Entry entry)) -> {
                deliveries[second]++;
                String clientId = entry.clientId();
                Long asked = clientId == null ? null : askedAt.get(message(entry.sender(), clientId));
                if (asked != null) {
                    deliveryMs.get(second).add((line.at() - asked) / 1e3);
                }
            }
            default -> {}
        }
    }

    private static String message(long user, String clientId) {
        return user + " " + clientId;
    }

    int seconds() {
        return seconds;
    }

    double[] sends() {
        return sends;
    }

    double[] deliveries() {
        return deliveries;
    }

    List<Band> faults() {
        return faults;
    }

    /// From asking to the acknowledgement, per second of the answer; NaN where there was none.
    double[] answerMs(double share) {
        return percentiles(answerMs, share);
    }

    /// From the first asking to each push, per second of the push; NaN where there was none.
    double[] deliveryMs(double share) {
        return percentiles(deliveryMs, share);
    }

    private static double[] percentiles(List<List<Double>> seconds, double share) {
        return seconds.stream().mapToDouble(values -> percentile(values, share)).toArray();
    }

    static double percentile(List<Double> values, double share) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        double[] sorted = values.stream().mapToDouble(value -> value).toArray();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))];
    }

    /// Of the whole run.
    double wholeDeliveryMs(double share) {
        return percentile(deliveryMs.stream().flatMap(List::stream).toList(), share);
    }
}

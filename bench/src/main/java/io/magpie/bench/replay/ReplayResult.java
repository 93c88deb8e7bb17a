package io.magpie.bench.replay;

import io.magpie.bench.check.Verdict;
import io.magpie.bench.report.Table;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/// What a replay found.
///
/// @param contradictions acknowledgements that cannot all be true
public record ReplayResult(List<Live> live, List<Away> away, List<String> contradictions) {
    /// Everybody who was online in one group.
    ///
    /// @param deliveries messages that arrived at others than their speaker
    /// @param seconds from the first message to the last delivery
    public record Live(
            String log,
            long messages,
            int members,
            long deliveries,
            Verdict verdict,
            double seconds,
            Histogram latency) {
        /// Every member's record holds every message, its own included.
        boolean clean() {
            return verdict.clean()
                    && deliveries == messages * (members - 1)
                    && verdict.messages() == messages * members;
        }
    }

    /// A device that was offline while it happened.
    public record Away(String log, String user, Verdict verdict, double seconds) {}

    public boolean clean() {
        return contradictions.isEmpty()
                && live.stream().allMatch(Live::clean)
                && away.stream().allMatch(device -> device.verdict().clean())
                && live.stream().allMatch(this::caughtUp);
    }

    private boolean caughtUp(Live group) {
        return away.stream()
                .filter(device -> device.log().equals(group.log()))
                .allMatch(device -> device.verdict().messages() == group.messages());
    }

    @Override
    public String toString() {
        Table table = new Table(
                "group",
                "messages",
                "members",
                "deliveries",
                "twice",
                "missing",
                "disorder",
                "altered",
                "per s",
                "p50 ms",
                "p99 ms");
        Histogram all = new Histogram(3);
        for (Live group : live) {
            all.add(group.latency());
            row(
                    table,
                    group.log(),
                    group.messages(),
                    group.members(),
                    group.deliveries(),
                    group.verdict(),
                    group.seconds(),
                    group.latency());
        }
        total(table, all);
        Table back = new Table("offline device", "messages", "twice", "missing", "disorder", "altered", "s");
        away.forEach(device -> back.row(
                device.log() + " " + device.user().replaceFirst("^.*-away-", "device "),
                count(device.verdict().messages()),
                count(device.verdict().duplicates()),
                count(device.verdict().missing() + device.verdict().holes()),
                count(device.verdict().disordered()),
                count(device.verdict().altered()),
                decimal(device.seconds())));
        return table + "\n" + back + String.join("\n", contradictions);
    }

    private void total(Table table, Histogram latency) {
        double seconds = live.stream().mapToDouble(Live::seconds).max().orElse(0);
        Verdict sum = live.stream().map(Live::verdict).reduce(new Verdict(0, 0, 0, 0, 0, 0), Verdict::plus);
        row(
                table,
                "all",
                live.stream().mapToLong(Live::messages).sum(),
                live.stream().mapToInt(Live::members).sum(),
                live.stream().mapToLong(Live::deliveries).sum(),
                sum,
                seconds,
                latency);
    }

    private static void row(
            Table table,
            String name,
            long messages,
            int members,
            long deliveries,
            Verdict verdict,
            double seconds,
            Histogram latency) {
        table.row(
                name,
                count(messages),
                count(members),
                count(deliveries),
                count(verdict.duplicates()),
                count(verdict.missing() + verdict.holes()),
                count(verdict.disordered()),
                count(verdict.altered()),
                count((long) (deliveries / Math.max(seconds, 0.001))),
                decimal(latency.getValueAtPercentile(50) / 1e6),
                decimal(latency.getValueAtPercentile(99) / 1e6));
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }
}

package io.magpie.bench.verify.check;

import io.magpie.bench.verify.history.History;
import java.util.List;

/// What all checks say of a history.
public record Verdict(List<Result> results) {
    /// @param looked cases the check looked at
    public record Result(String check, long looked, List<Violation> violations) {}

    private static final List<Check> CHECKS = List.of(
            new Durability(),
            new ExactlyOnce(),
            new OneOrder(),
            new RealTime(),
            new PushOrder(),
            new Membership(),
            new Completeness(),
            new Holdings(),
            new Repair(),
            new UnreadOracle(),
            new ReadCursors(),
            new Presence());

    /// Pure: the same history, the same verdict.
    public static Verdict of(History history) {
        Facts facts = Facts.of(history);
        return new Verdict(CHECKS.stream()
                .map(check -> {
                    var findings = new Check.Findings();
                    check.look(facts, findings);
                    return findings.result(check.name());
                })
                .toList());
    }

    public boolean clean() {
        return results.stream().allMatch(result -> result.violations().isEmpty());
    }

    public Result result(String check) {
        return results.stream()
                .filter(result -> result.check().equals(check))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("check: " + check));
    }
}

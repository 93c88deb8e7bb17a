package io.magpie.bench.verify.check;

import java.util.ArrayList;
import java.util.List;

/// One promise, looked at in a whole history.
interface Check {
    String name();

    void look(Facts facts, Findings findings);

    /// What a check has looked at and found.
    final class Findings {
        private long looked;
        private final List<Violation> violations = new ArrayList<>();

        /// One more case was looked at.
        void looked() {
            looked++;
        }

        void found(Violation violation) {
            violations.add(violation);
        }

        Verdict.Result result(String name) {
            return new Verdict.Result(name, looked, List.copyOf(violations));
        }
    }
}

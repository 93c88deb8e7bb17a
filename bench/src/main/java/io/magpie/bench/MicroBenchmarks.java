package io.magpie.bench;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.Main;

/// `./magpie bench jmh`: JMH with its own arguments, and runs short enough to wait for unless told otherwise.
final class MicroBenchmarks {
    private static final List<String> SHORT =
            List.of("-f", "1", "-wi", "3", "-i", "5", "-w", "1", "-r", "1", "-foe", "true");

    private MicroBenchmarks() {}

    /// @param arguments a pattern that names come under, and options of JMH's own
    static int run(List<String> arguments) throws Exception {
        List<String> all = new ArrayList<>(arguments.stream().anyMatch(a -> a.startsWith("-")) ? List.of() : SHORT);
        all.addAll(arguments);
        Main.main(all.toArray(String[]::new));
        return 0;
    }
}

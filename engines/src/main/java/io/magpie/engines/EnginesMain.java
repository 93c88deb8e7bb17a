package io.magpie.engines;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// `./magpie engines up|down|status`: engines that go on running when the command ends.
public final class EnginesMain {
    private static final String USAGE = """
            usage: ./magpie engines up ENGINE... [--data FOLDER]
                   ./magpie engines down [ENGINE...] [--data FOLDER]
                   ./magpie engines status [--data FOLDER]

            Starts engines on this machine, on free ports of the loopback address, and stops them; one that is not installed
            is installed where that is possible. Their data, logs and ports stay in the folder for the next time.

              --data    where each engine gets a folder of its own (data/engines)
            """;

    private final PrintStream out;
    private final Path data;

    private EnginesMain(PrintStream out, Path data) {
        this.out = out;
        this.data = data;
    }

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /// The exit status.
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.isEmpty() || arguments.contains("--help") || arguments.contains("-h")) {
            out.println(USAGE + "  ENGINE    " + names());
            return arguments.isEmpty() ? 2 : 0;
        }
        try {
            command(arguments, out);
            return 0;
        } catch (EngineFailure e) {
            err.println("magpie: " + e.getMessage());
            if (arguments.contains("--debug")) {
                e.printStackTrace(err);
            }
            return 1;
        }
    }

    private static void command(List<String> arguments, PrintStream out) {
        List<Engine> engines = new ArrayList<>();
        Path data = Path.of("data", "engines");
        for (int i = 1; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("--data") && i + 1 < arguments.size()) {
                data = Path.of(arguments.get(++i));
            } else if (!argument.equals("--debug")) {
                engines.add(Engine.of(argument));
            }
        }
        var main = new EnginesMain(out, data);
        switch (arguments.getFirst()) {
            case "up" -> main.up(engines);
            case "down" -> main.down(engines.isEmpty() ? List.of(Engine.values()) : engines);
            case "status" -> main.table(main.running());
            default -> throw new EngineFailure("engines " + arguments.getFirst() + " (expected: up, down, status)");
        }
    }

    private void up(List<Engine> engines) {
        if (engines.isEmpty()) {
            throw new EngineFailure("engines up: which? (expected: " + names() + ")");
        }
        List<RunningEngine> up = new ArrayList<>();
        for (Engine engine : engines) {
            up.add(engine.running(folder(engine)).orElseGet(() -> {
                out.println("starting " + engine.id() + "…");
                return engine.startDetached(folder(engine));
            }));
        }
        table(up);
    }

    private void down(List<Engine> engines) {
        for (Engine engine : engines) {
            engine.running(folder(engine)).ifPresent(running -> {
                out.println("stopping " + engine.id() + "…");
                running.close();
            });
        }
    }

    private List<RunningEngine> running() {
        return Arrays.stream(Engine.values())
                .map(engine -> engine.running(folder(engine)))
                .flatMap(Optional::stream)
                .toList();
    }

    private void table(List<RunningEngine> engines) {
        if (engines.isEmpty()) {
            out.println("no engine runs");
            return;
        }
        out.printf("%-11s %-45s %-9s %-14s %s%n", "ENGINE", "URL", "USER", "PASSWORD", "PROCESS");
        for (RunningEngine engine : engines) {
            out.printf(
                    "%-11s %-45s %-9s %-14s %d%n",
                    engine.engine().id(), engine.url(), engine.user(), engine.password(), engine.pid());
        }
    }

    private Path folder(Engine engine) {
        return data.resolve(engine.id());
    }

    private static String names() {
        return Arrays.stream(Engine.values()).map(Engine::id).collect(Collectors.joining(", "));
    }
}

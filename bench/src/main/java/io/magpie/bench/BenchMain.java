package io.magpie.bench;

import java.io.Console;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Entry of `./magpie bench`, `./magpie replay` and `./magpie verify`. Status 0: all as promised; 1: something was
/// lost, doubled or out of order; 2: the command itself failed.
public final class BenchMain {
    private BenchMain() {}

    public static void main(String[] arguments) {
        System.exit(run(Arrays.asList(arguments)));
    }

    private static int run(List<String> arguments) {
        Terminal terminal = new Terminal(
                System.err,
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false));
        try {
            return command(arguments, terminal);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 2;
        } catch (Exception e) {
            terminal.line(e.getMessage() == null ? e.toString() : e.getMessage());
            if (arguments.contains("--debug")) {
                e.printStackTrace();
            }
            return 2;
        }
    }

    private static int command(List<String> all, Terminal terminal) throws Exception {
        List<String> arguments = all.stream()
                .skip(1)
                .filter(argument -> !argument.equals("--debug"))
                .toList();
        boolean asked = arguments.contains("--help");
        boolean help = arguments.isEmpty() || asked;
        return switch (all.isEmpty() ? "" : all.getFirst()) {
            case "verify" ->
                asked ? help(VerifyCommand.HELP) : new VerifyCommand(arguments, terminal, System.out).run();
            case "bench" -> help ? help(BenchCommand.HELP) : bench(arguments, terminal);
            case "replay" -> help ? help(ReplayCommand.HELP) : new ReplayCommand(arguments, terminal, System.out).run();
            default -> throw new IllegalArgumentException("command: " + all + " (expected: bench, replay or verify)");
        };
    }

    private static int bench(List<String> arguments, Terminal terminal) throws Exception {
        List<String> rest = arguments.subList(1, arguments.size());
        return switch (arguments.getFirst()) {
            case "report" -> new ReportCommand(rest, System.out).run();
            case "jmh" -> MicroBenchmarks.run(rest);
            default -> new BenchCommand(arguments, terminal, System.out).run();
        };
    }

    private static int help(String text) {
        System.out.print(text);
        return 0;
    }
}

package io.magpie.bench;

import java.util.Arrays;
import java.util.List;

/// Entry of `./magpie bench` and `./magpie replay`. Status 0: all as promised; 1: something was lost, doubled or
/// out of order; 2: the command itself failed.
public final class BenchMain {
    private BenchMain() {}

    public static void main(String[] arguments) {
        System.exit(run(Arrays.asList(arguments)));
    }

    private static int run(List<String> arguments) {
        Terminal terminal = new Terminal(System.err, System.console() != null);
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
        List<String> arguments =
                all.stream().skip(1).filter(a -> !a.equals("--debug")).toList();
        boolean help = arguments.isEmpty() || arguments.contains("--help");
        switch (all.isEmpty() ? "" : all.getFirst()) {
            case "bench" -> {
                if (!help) {
                    return new BenchCommand(arguments, terminal, System.out).run();
                }
                System.out.print(BenchCommand.HELP);
                return 0;
            }
            default -> throw new IllegalArgumentException("command: " + all + " (expected: bench or replay)");
        }
    }
}

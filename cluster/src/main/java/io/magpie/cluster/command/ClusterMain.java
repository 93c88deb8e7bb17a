package io.magpie.cluster.command;

import io.magpie.cluster.Launch;
import io.magpie.engines.EngineFailure;
import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Entry of `./magpie cluster`. Status 0: done, or all is well; 1: it could not be done, or something is down; 2:
/// wrong usage.
public final class ClusterMain {
    private static final String HELP = """
            usage: ./magpie cluster up [OPTION...]
                   ./magpie cluster status [--watch]
                   ./magpie cluster add [NODE]
                   ./magpie cluster drain NODE
                   ./magpie cluster kill NODE
                   ./magpie cluster down [--wipe]

            Nodes, the engines they need and nginx before them, on this machine and for this machine only. What is not
            installed is installed where that is possible.

              up       starts what does not run, says where to connect and shows how it goes. Ctrl-C ends the cluster; with
                       --detach it goes on without the command. Data, ports and options are kept for the next `up`
                -d, --detach       do not stay
                --nodes N          (3)
                --store NAME       mysql, which is MariaDB here, or postgresql (mysql)
                --bus NAME         redis, kafka, rabbitmq, rocketmq (redis)
                --directory NAME   redis, hash (redis)
                --registry NAME    redis, zookeeper (redis)
                --nginx NAME       least-conn, ip-hash, user-hash: deploy/nginx/NAME.conf (least-conn); another one may be
                                   named while the cluster runs
                --port N           where people find nginx (a free one)
                --set KEY=VALUE    a setting of every node; repeatable
              status   nodes and engines now; the exit status is 0 only if all of them are up
                -w, --watch        again every second, until Ctrl-C, which leaves the cluster alone
              add      starts one more node; with the name of one that is down, that one again
              drain    takes a node away gently: nothing new comes, its people are sent elsewhere, it ends
              kill     kills a node as a power cut would (SIGKILL); nginx and people have to find out
              down     ends what `up` and `add` started and nothing else; data stay
                --wipe             deletes them, too

              --data FOLDER        where everything is (data/cluster); a cluster per folder
            """;

    private final Path root;
    private final Supplier<Launch> launch;
    private final Screen screen;
    private final PrintStream err;

    /// @param root the folder that holds `deploy`
    /// @param launch how nodes are started
    /// @param live whether `out` is a terminal
    public ClusterMain(Path root, Supplier<Launch> launch, PrintStream out, PrintStream err, boolean live) {
        this.root = root;
        this.launch = launch;
        this.screen = new Screen(out, live);
        this.err = err;
    }

    public static void main(String[] arguments) {
        Path root = Path.of(System.getProperty("magpie.root", "."));
        boolean live =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        var main = new ClusterMain(root, () -> Launch.built(root), utf8(System.out), utf8(System.err), live);
        System.exit(main.run(List.of(arguments)));
    }

    private static PrintStream utf8(PrintStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    /// The exit status.
    public int run(List<String> arguments) {
        try {
            return command(arguments);
        } catch (IllegalArgumentException e) {
            return failed(arguments, e, 2);
        } catch (EngineFailure e) {
            return failed(arguments, e, 1);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private int failed(List<String> arguments, RuntimeException e, int status) {
        screen.clear();
        err.println("magpie: " + e.getMessage());
        if (arguments.contains("--debug")) {
            e.printStackTrace(err);
        }
        return status;
    }

    private int command(List<String> all) throws InterruptedException {
        List<String> arguments = new ArrayList<>(all);
        arguments.remove("--debug");
        if (arguments.isEmpty() || arguments.contains("--help") || arguments.contains("-h")) {
            screen.say(HELP.stripTrailing());
            return arguments.isEmpty() ? 2 : 0;
        }
        String name = arguments.removeFirst();
        return switch (name) {
            case "up" -> {
                arguments.replaceAll(argument -> argument.equals("-d") ? "--detach" : argument);
                var options = options(arguments, Wish.OPTIONS, Set.of("detach"), 0);
                yield new Up(commands(options), Wish.of(options), launch).run(options.has("detach"));
            }
            case "status" -> {
                arguments.replaceAll(argument -> argument.equals("-w") ? "--watch" : argument);
                var options = options(arguments, Set.of(), Set.of("watch"), 0);
                yield commands(options).status(options.has("watch"));
            }
            case "add" -> {
                var options = options(arguments, Set.of(), Set.of(), 1);
                yield commands(options)
                        .add(options.words().isEmpty() ? null : options.words().getFirst());
            }
            case "drain" -> {
                var options = options(arguments, Set.of(), Set.of(), 1);
                yield commands(options).drain(node(name, options));
            }
            case "kill" -> {
                var options = options(arguments, Set.of(), Set.of(), 1);
                yield commands(options).kill(node(name, options));
            }
            case "down" -> {
                var options = options(arguments, Set.of(), Set.of("wipe"), 0);
                yield commands(options).down(options.has("wipe"));
            }
            default ->
                throw new IllegalArgumentException(
                        "cluster " + name + ": unknown (expected: up, status, add, drain, kill, down)");
        };
    }

    private static Options options(List<String> arguments, Set<String> names, Set<String> flags, int words) {
        Set<String> known = new HashSet<>(names);
        known.add("data");
        arguments.stream()
                .filter(argument -> argument.startsWith("-") && !argument.startsWith("--"))
                .findFirst()
                .ifPresent(argument -> {
                    throw new IllegalArgumentException(argument + ": unknown (see --help)");
                });
        var options = new Options(arguments, known, flags);
        if (options.words().size() > words) {
            throw new IllegalArgumentException(options.words().get(words) + ": unknown (see --help)");
        }
        return options;
    }

    private static String node(String command, Options options) {
        if (options.words().isEmpty()) {
            throw new IllegalArgumentException("cluster " + command + ": which? (expected: a node, as in node-1)");
        }
        return options.words().getFirst();
    }

    private Commands commands(Options options) {
        return new Commands(
                Path.of(options.text("data", "data/cluster")),
                root.resolve("deploy").resolve("nginx"),
                screen);
    }
}

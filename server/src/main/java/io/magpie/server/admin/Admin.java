package io.magpie.server.admin;

import io.magpie.adapter.jdbc.SqliteBackup;
import io.magpie.adapter.jdbc.sqlite.DataFolderInUseException;
import io.magpie.core.store.StoreUnavailableException;
import io.magpie.server.config.CommandLine;
import io.magpie.server.config.SettingException;
import io.magpie.server.config.SettingsLoader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/// The program `./magpie admin`: 0 if it was done, 1 if it could not be done, 2 if it was asked for wrongly.
public final class Admin {
    private static final int FAILED = 1;
    private static final int WRONG = 2;

    private static final String HELP = """
            usage: ./magpie admin backup FILE [OPTION...]
                   ./magpie admin restore FILE [--force] [OPTION...]

            backup    writes everything to a new file; the server may go on running
            restore   puts a backup into the data folder; the server must be stopped. It starts a new epoch: clients
                      drop their copies and fetch everything again. --force replaces the store that is there.

              --data FOLDER    the data folder (default: ./data)
              --config FILE    settings (default: ./magpie.yaml if it is there)
              --set KEY=VALUE  one setting, as often as needed
              --debug          show stack traces
            """;

    private Admin() {}

    /// Ends the process with a status unless it is 0.
    public static void main(String... arguments) {
        int status = run(System.out, System.err, arguments);
        if (status != 0) {
            System.exit(status);
        }
    }

    static int run(PrintStream out, PrintStream err, String... arguments) {
        var words = new ArrayList<String>();
        var options = new ArrayList<>(List.of(arguments));
        while (!options.isEmpty() && !options.getFirst().startsWith("-")) {
            words.add(options.removeFirst());
        }
        boolean force = options.remove("--force");
        boolean debug = options.contains("--debug");
        try {
            CommandLine line = CommandLine.parse(options.toArray(String[]::new));
            if (line.help() || words.isEmpty()) {
                out.print(HELP);
                return line.help() ? 0 : WRONG;
            }
            Path data =
                    new SettingsLoader(System.getenv(), Path.of("")).load(line).data();
            perform(out, words, data, force);
            return 0;
        } catch (SettingException | IllegalArgumentException e) {
            return refused(err, e, debug, WRONG);
        } catch (DataFolderInUseException e) {
            return refused(
                    err,
                    new IllegalStateException("data: a server is running on it (expected: a stopped server)", e),
                    debug,
                    FAILED);
        } catch (StoreUnavailableException | UncheckedIOException e) {
            return refused(err, e, debug, FAILED);
        }
    }

    private static void perform(PrintStream out, List<String> words, Path data, boolean force) {
        String action = words.getFirst();
        if (words.size() != 2 || !List.of("backup", "restore").contains(action)) {
            throw new SettingException(
                    "admin %s (expected: admin backup FILE, or admin restore FILE)".formatted(String.join(" ", words)));
        }
        Path file = Path.of(words.getLast());
        if (action.equals("backup")) {
            try (var _ = Progress.of("backing up", Progress.size(data.resolve("magpie.db")), file)) {
                SqliteBackup.backup(data, file);
            }
            out.printf("backed up %s to %s (%s)%n", data, file, Progress.megabytes(Progress.size(file)));
        } else {
            try (var _ = Progress.of("restoring", Progress.size(file), data.resolve("magpie.db"))) {
                SqliteBackup.restore(file, data, force, Clock.systemUTC());
            }
            out.printf("restored %s into %s; clients will fetch everything again%n", file, data);
        }
    }

    private static int refused(PrintStream err, RuntimeException fault, boolean debug, int status) {
        err.println("magpie: " + fault.getMessage());
        if (debug) {
            fault.printStackTrace(err);
        }
        return status;
    }
}

package io.magpie.server.admin;

import io.magpie.adapter.jdbc.SqliteBackup;
import io.magpie.adapter.jdbc.move.StoreImport;
import io.magpie.adapter.jdbc.sqlite.DataFolderInUseException;
import io.magpie.core.store.StoreUnavailableException;
import io.magpie.server.config.CommandLine;
import io.magpie.server.config.History;
import io.magpie.server.config.SettingException;
import io.magpie.server.config.Settings;
import io.magpie.server.config.SettingsLoader;
import io.magpie.server.store.ChosenDatabase;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The program `./magpie admin`: 0 if it was done, 1 if it could not be done, 2 if it was asked for wrongly.
public final class Admin {
    private static final int FAILED = 1;
    private static final int WRONG = 2;

    private static final String HELP = """
            usage: ./magpie admin backup FILE [OPTION...]
                   ./magpie admin restore FILE [--force] [OPTION...]
                   ./magpie admin export FILE [OPTION...]
                   ./magpie admin import FILE [OPTION...]

            backup    writes the store to a new file; the server may go on running. What people uploaded is no part of
                      it: copy `files` in the data folder afterwards, or keep it in S3
            restore   puts a backup into the data folder; the server must be stopped. It starts a new epoch: clients
                      drop their copies and fetch everything again. --force replaces the store that is there.
            export    writes what import takes: the same as backup
            import    takes such a file into the empty database that `store` names, and compares every row. Stop the
                      server before the export, and start it on the database: clients notice nothing.

              --data FOLDER    the data folder (default: ./data)
              --config FILE    settings (default: ./magpie.yaml if it is there)
              --set KEY=VALUE  one setting, as often as needed
              --debug          show stack traces
            """;

    private static final List<String> ACTIONS = List.of("backup", "restore", "export", "import");

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
            perform(out, words, new SettingsLoader(System.getenv(), Path.of("")).load(line), force);
            return 0;
        } catch (SettingException | IllegalArgumentException e) {
            return refused(err, e, debug, WRONG);
        } catch (DataFolderInUseException e) {
            return refused(
                    err,
                    new IllegalStateException("data: a server is running on it (expected: a stopped server)", e),
                    debug,
                    FAILED);
        } catch (StoreUnavailableException | UncheckedIOException | IllegalStateException e) {
            return refused(err, e, debug, FAILED);
        }
    }

    private static void perform(PrintStream out, List<String> words, Settings settings, boolean force) {
        String action = words.getFirst();
        if (words.size() != 2 || !ACTIONS.contains(action)) {
            throw new SettingException("admin %s (expected: %s)"
                    .formatted(
                            String.join(" ", words),
                            ACTIONS.stream()
                                    .map(word -> "admin " + word + " FILE")
                                    .collect(Collectors.joining(", or "))));
        }
        Path file = Path.of(words.getLast());
        switch (action) {
            case "restore" -> restore(out, file, settings.data(), force);
            case "import" -> takeIn(out, file, settings);
            default -> backup(out, file, settings);
        }
    }

    private static void backup(PrintStream out, Path file, Settings settings) {
        messagesInside(settings);
        if (ChosenDatabase.of(settings).isPresent()) {
            throw new SettingException("store: %s (expected: sqlite; a database has means of its own to be backed up)"
                    .formatted(settings.store().name().toLowerCase(Locale.ROOT)));
        }
        Path data = settings.data();
        try (var _ = Progress.of("backing up", Progress.size(data.resolve("magpie.db")), file)) {
            SqliteBackup.backup(data, file);
        }
        out.printf("backed up %s to %s (%s)%n", data, file, Progress.megabytes(Progress.size(file)));
        if (settings.files() == Settings.FilesKind.FOLDER && Files.isDirectory(data.resolve("files"))) {
            out.printf("uploads are not in it; copy %s as well, now%n", data.resolve("files"));
        }
    }

    private static void restore(PrintStream out, Path file, Path data, boolean force) {
        try (var _ = Progress.of("restoring", Progress.size(file), data.resolve("magpie.db"))) {
            SqliteBackup.restore(file, data, force, Clock.systemUTC());
        }
        out.printf("restored %s into %s; clients will fetch everything again%n", file, data);
    }

    private static void takeIn(PrintStream out, Path file, Settings settings) {
        messagesInside(settings);
        var database = ChosenDatabase.of(settings)
                .orElseThrow(
                        () -> new SettingException(
                                "store: sqlite (expected: mysql or postgresql, as in --set store=mysql; restore fills a folder)"));
        long entries;
        try (var progress = new ImportProgress()) {
            entries = StoreImport.run(file, database.settings(), progress);
        }
        out.printf(
                "imported %s into %s; %d entries and all the rest are the same there%n",
                file, database.settings().url(), entries);
    }

    /// A file that lacks the messages would be taken for a backup.
    private static void messagesInside(Settings settings) {
        if (settings.history().in() != History.Kind.STORE) {
            throw new SettingException("history.in: %s (expected: store; docs/decisions say how to back up the others)"
                    .formatted(settings.history().in().name().toLowerCase(Locale.ROOT)));
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

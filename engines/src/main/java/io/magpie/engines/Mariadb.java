package io.magpie.engines;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// With a database `magpie` that the user `magpie` owns; that user may also make databases of its own.
final class Mariadb implements Database {
    private static final String ACCOUNT = """
            CREATE DATABASE IF NOT EXISTS magpie CHARACTER SET utf8mb4;
            CREATE USER IF NOT EXISTS 'magpie'@'127.0.0.1' IDENTIFIED BY 'magpie';
            GRANT ALL ON *.* TO 'magpie'@'127.0.0.1';
            """;

    @Override
    public Software software() {
        return new Software.Debian("mariadb");
    }

    @Override
    public void create(Setup setup) {
        List<String> command = new ArrayList<>(List.of(
                "mariadb-install-db",
                "--no-defaults",
                "--datadir=" + setup.file("data"),
                "--auth-root-authentication-method=normal",
                "--skip-test-db"));
        runAsRoot(command);
        setup.run(command);
    }

    @Override
    public List<Part> parts(Setup setup) {
        List<String> command = new ArrayList<>(List.of(
                "/usr/sbin/mariadbd",
                "--no-defaults",
                "--datadir=" + setup.file("data"),
                "--init-file=" + setup.write("init.sql", ACCOUNT),
                "--bind-address=" + Setup.HOST,
                "--port=" + setup.port(),
                // Relative to the data: a path of more than 107 characters is no socket.
                "--socket=m.sock",
                "--pid-file=m.pid",
                "--innodb-flush-log-at-trx-commit=1",
                "--skip-log-bin",
                "--skip-name-resolve"));
        runAsRoot(command);
        return List.of(new Part("mariadb", command, Map.of(), new Part.Ready.Port(setup.port())));
    }

    /// It refuses to run as root unless told so.
    private static void runAsRoot(List<String> command) {
        if (Setup.isRoot()) {
            command.add("--user=root");
        }
    }

    @Override
    public String protocol() {
        return "mariadb";
    }
}

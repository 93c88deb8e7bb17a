package io.magpie.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// With a database `magpie` and the superuser `magpie`. It refuses to run as root, so there it runs as `postgres`.
final class Postgresql implements Database {
    private static final String ACCOUNT = "postgres";

    @Override
    public Software software() {
        return new Software.Debian("postgresql");
    }

    @Override
    public void create(Setup setup) {
        setup.makeFolder("data");
        if (Setup.isRoot()) {
            own(setup);
        }
        setup.run(
                account(),
                List.of(
                        program("initdb"),
                        "--pgdata=" + setup.file("data"),
                        "--username=magpie",
                        "--pwfile=" + password(setup),
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C.UTF-8",
                        "--no-sync"),
                "");
        setup.run(
                account(),
                List.of(program("postgres"), "--single", "-D", setup.file("data"), "postgres"),
                "CREATE DATABASE magpie\n");
    }

    @Override
    public List<Part> parts(Setup setup) {
        return List.of(new Part(
                "postgresql",
                List.of(
                        program("postgres"),
                        "-D",
                        setup.file("data"),
                        "-c",
                        "listen_addresses=" + Setup.HOST,
                        "-c",
                        "port=" + setup.port(),
                        "-c",
                        "unix_socket_directories="),
                Map.of(),
                new Part.Ready.Line("database system is ready to accept connections"),
                // At TERM it would wait for its clients to leave.
                "INT",
                account()));
    }

    private static String account() {
        return Setup.isRoot() ? ACCOUNT : "";
    }

    private String password(Setup setup) {
        return setup.write("password", password() + "\n");
    }

    private static void own(Setup setup) {
        try {
            Files.setPosixFilePermissions(setup.folder(), PosixFilePermissions.fromString("rwxr-xr-x"));
            for (Path folder = setup.folder().toAbsolutePath(); folder != null; folder = folder.getParent()) {
                if (!Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    throw new EngineFailure("postgresql: the user " + ACCOUNT + " may not enter " + folder
                            + ", and it does not run as root (expected: a folder open to all, as below /tmp)");
                }
            }
            Files.setOwner(
                    setup.path("data"),
                    setup.folder()
                            .getFileSystem()
                            .getUserPrincipalLookupService()
                            .lookupPrincipalByName(ACCOUNT));
        } catch (IOException e) {
            throw new EngineFailure("postgresql: cannot hand the data to the user " + ACCOUNT, e);
        }
    }

    /// Debian keeps the versions beside each other; the newest counts.
    private static String program(String name) {
        try (var versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.map(version -> version.resolve("bin").resolve(name))
                    .filter(Files::isExecutable)
                    .max(Comparator.comparing(Path::toString))
                    .orElseThrow(() -> new EngineFailure("postgresql: no " + name + " below /usr/lib/postgresql"))
                    .toString();
        } catch (IOException e) {
            throw new EngineFailure("postgresql: cannot read /usr/lib/postgresql", e);
        }
    }

    @Override
    public String protocol() {
        return "postgresql";
    }
}

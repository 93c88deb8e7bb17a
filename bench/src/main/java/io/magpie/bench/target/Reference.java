package io.magpie.bench.target;

import io.magpie.bench.load.Dialect;
import io.magpie.bench.load.RelayDialect;
import io.magpie.bench.load.SocketIoDialect;
import io.magpie.bench.load.Subject;
import io.magpie.bench.reference.NettySocketIoMain;
import io.magpie.bench.reference.RelayMain;
import io.magpie.bench.wire.WsEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A server to compare with, in a process of its own.
public final class Reference implements Server {
    public static final String RELAY = "relay";
    public static final String NETTY_SOCKETIO = "netty-socketio";
    private static final int READY_SECONDS = 60;

    private final String name;
    private final Child child;
    private final Dialect dialect;

    private Reference(String name, Child child, Dialect dialect) {
        this.name = name;
        this.child = child;
        this.dialect = dialect;
    }

    /// What [#start] knows.
    public static Set<String> names() {
        return new TreeSet<>(Set.of(RELAY, NETTY_SOCKETIO));
    }

    /// @param logs the folder for its output
    public static Reference start(String name, Path logs) throws InterruptedException {
        return switch (name) {
            case RELAY ->
                new Reference(
                        name,
                        java(name, System.getProperty("java.class.path"), RelayMain.class, logs),
                        new RelayDialect());
            case NETTY_SOCKETIO ->
                new Reference(
                        name,
                        java(name, nettySocketIoClassPath(), NettySocketIoMain.class, logs),
                        new SocketIoDialect());
            default -> throw new IllegalArgumentException("reference: " + name + " (expected: " + names() + ")");
        };
    }

    /// Its own Netty and Jackson lie in a folder beside our classes, put there by the build.
    private static String nettySocketIoClassPath() {
        Path own = ownClasses();
        Path libraries = own.resolveSibling(NETTY_SOCKETIO);
        if (!Files.isDirectory(libraries)) {
            throw new IllegalStateException(libraries + ": missing (expected: made by building the module bench)");
        }
        return own + ":" + libraries + "/*";
    }

    private static Path ownClasses() {
        try {
            return Path.of(Reference.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("our own classes lie nowhere", e);
        }
    }

    private static Child java(String name, String classPath, Class<?> main, Path logs) throws InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseG1GC",
                "-Xmx1g",
                "-cp",
                classPath,
                main.getName());
        try {
            return Child.start(name, command, null, logs.resolve(name + ".log"), READY_SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Subject subject(int round) {
        Address address = Address.parse(child.address("realtime"));
        WsEndpoint endpoint = new WsEndpoint(address.host(), address.port(), dialect.subprotocol());
        return new Subject(name, endpoint, dialect, new ProcessUsage(child.pid()));
    }

    @Override
    public void close() {
        child.close();
    }
}

package io.magpie.bench.target;

import io.magpie.bench.dialect.RelayDialect;
import io.magpie.bench.dialect.SocketIoDialect;
import io.magpie.bench.load.Dialect;
import io.magpie.bench.load.Subject;
import io.magpie.bench.reference.NettySocketIoMain;
import io.magpie.bench.reference.RelayMain;
import io.magpie.bench.wire.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A relay that stores nothing, in a process of its own.
public final class Reference implements Server {
    public static final String RELAY = "relay";
    public static final String NETTY_SOCKETIO = "netty-socketio";
    public static final String SOCKETIO = "socketio";
    public static final String EJABBERD = "ejabberd";

    /// What [#start] knows.
    public static final List<String> NAMES = List.of(RELAY, NETTY_SOCKETIO, SOCKETIO, EJABBERD);

    private static final int READY_SECONDS = 60;

    private final String name;
    private final Child child;
    private final boolean jvm;
    private final Dialect dialect;

    private Reference(String name, Child child, boolean jvm, Dialect dialect) {
        this.name = name;
        this.child = child;
        this.jvm = jvm;
        this.dialect = dialect;
    }

    /// @param work a folder for its output and data
    /// @param say tells people what takes long
    public static Server start(String name, Path work, Say say) throws InterruptedException {
        return switch (name) {
            case RELAY ->
                new Reference(
                        name,
                        java(name, System.getProperty("java.class.path"), RelayMain.class, work),
                        true,
                        new RelayDialect());
            case NETTY_SOCKETIO ->
                new Reference(
                        name,
                        java(name, nettySocketIoClassPath(), NettySocketIoMain.class, work),
                        true,
                        new SocketIoDialect());
            case SOCKETIO ->
                new Reference(name, child(name, NodeRelay.command(say), work), false, new SocketIoDialect());
            case EJABBERD -> Ejabberd.start(work.resolve(name), say);
            default ->
                throw new IllegalArgumentException("--references: " + name + " (expected: some of " + NAMES + ")");
        };
    }

    /// Its own Netty and Jackson lie in a folder beside our classes, put there by the build.
    private static String nettySocketIoClassPath() {
        return beside(NETTY_SOCKETIO);
    }

    /// Our own classes and the libraries in the folder `name` beside them.
    static String beside(String name) {
        Path own = ownClasses();
        Path libraries = own.resolveSibling(name);
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
        return child(
                name,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+UseCompactObjectHeaders",
                        "-XX:+UseG1GC",
                        "-Xmx1g",
                        "-cp",
                        classPath,
                        main.getName()),
                logs);
    }

    private static Child child(String name, List<String> command, Path logs) throws InterruptedException {
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
        Endpoint endpoint = new Endpoint(address.host(), address.port(), Endpoint.Form.WEBSOCKET_TEXT, "");
        return new Subject(name, endpoint, dialect, new ProcessUsage(child.pid(), jvm));
    }

    @Override
    public void close() {
        child.close();
    }
}

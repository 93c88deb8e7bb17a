package io.magpie.engines;

import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/// Free ports, kept in the engine's folder so that it comes back where its clients look for it.
///
/// They lie below what the kernel hands to outgoing connections: a client that keeps trying the port of a dead engine
/// would otherwise be given that very port and be connected to itself. Each has free neighbours, because RocketMQ
/// takes the ones beside its own without asking.
public final class Ports {
    private static final int FIRST = 20_000;
    private static final int BLOCKS = 1_500;
    private static final int ATTEMPTS = 1_000;
    private static final String FILE = "ports";

    private Ports() {}

    /// Those the folder knows; empty if it knows none.
    public static Map<String, Integer> known(Path folder) {
        Map<String, Integer> ports = new TreeMap<>();
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return ports;
        }
        try {
            var properties = new Properties();
            properties.load(new StringReader(Files.readString(file)));
            properties
                    .stringPropertyNames()
                    .forEach(name -> ports.put(name, Integer.valueOf(properties.getProperty(name))));
            return ports;
        } catch (IOException | NumberFormatException e) {
            throw new EngineFailure(file + " is not readable (expected: lines like clients=20004)", e);
        }
    }

    public static Map<String, Integer> choose(Path folder, List<String> names) {
        Map<String, Integer> ports = new TreeMap<>();
        for (String name : names) {
            ports.put(name, free(ports));
        }
        keep(folder, ports);
        return ports;
    }

    /// Lets the folder know these from now on.
    public static void keep(Path folder, Map<String, Integer> ports) {
        var lines = new StringBuilder();
        ports.forEach(
                (name, port) -> lines.append(name).append('=').append(port).append('\n'));
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(FILE), lines);
        } catch (IOException e) {
            throw new EngineFailure("cannot write " + folder.resolve(FILE), e);
        }
    }

    public static boolean areFree(Map<String, Integer> ports) {
        return ports.values().stream().allMatch(Ports::isFree);
    }

    static boolean accepts(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static int free(Map<String, Integer> taken) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = FIRST + 8 * ThreadLocalRandom.current().nextInt(BLOCKS) + 4;
            if (!taken.containsValue(port) && isFree(port - 2) && isFree(port) && isFree(port + 1)) {
                return port;
            }
        }
        throw new EngineFailure("no free port between " + FIRST + " and " + (FIRST + 8 * BLOCKS));
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}

package io.magpie.e2e.harness;

import io.magpie.bench.target.Address;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A cable between one client and the server that can be pulled: from then on nothing passes in either direction,
/// and neither end is told.
public final class FreezingProxy implements AutoCloseable {
    private static final int CHUNK = 8192;

    private final ServerSocket door;
    private final Address server;
    private final ByteArrayOutputStream unheard = new ByteArrayOutputStream();
    private final CompletableFuture<String> afterwards = new CompletableFuture<>();
    private volatile boolean pulled;

    private FreezingProxy(ServerSocket door, Address server) {
        this.door = door;
        this.server = server;
    }

    /// One that waits for its client.
    public static FreezingProxy before(Address server) throws IOException {
        var proxy = new FreezingProxy(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()), server);
        Thread.ofVirtual().name("proxy").start(proxy::serve);
        return proxy;
    }

    public Address address() {
        return new Address(door.getInetAddress().getHostAddress(), door.getLocalPort());
    }

    public void pull() {
        pulled = true;
    }

    /// What the server said into the pulled cable until it closed its end; waits for that.
    public String unheard() throws Exception {
        return afterwards.get(Person.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private void serve() {
        try (Socket client = door.accept();
                Socket upstream = new Socket(server.host(), server.port())) {
            Thread.ofVirtual().name("proxy-in").start(() -> inward(client, upstream));
            outward(upstream.getInputStream(), client.getOutputStream());
        } catch (IOException e) {
            afterwards.completeExceptionally(e);
        }
    }

    private void inward(Socket client, Socket upstream) {
        try {
            byte[] chunk = new byte[CHUNK];
            for (int n = client.getInputStream().read(chunk);
                    n >= 0;
                    n = client.getInputStream().read(chunk)) {
                if (!pulled) {
                    upstream.getOutputStream().write(chunk, 0, n);
                }
            }
        } catch (IOException _) {
            // An end that is gone has nothing more to say.
        }
    }

    /// The client never learns that the server has closed: its end stays open until this proxy closes.
    private void outward(InputStream from, OutputStream to) throws IOException {
        byte[] chunk = new byte[CHUNK];
        try {
            for (int n = from.read(chunk); n >= 0; n = from.read(chunk)) {
                if (pulled) {
                    unheard.write(chunk, 0, n);
                } else {
                    to.write(chunk, 0, n);
                }
            }
        } finally {
            afterwards.complete(unheard.toString(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}

package io.magpie.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The network between a node and an engine. While it is cut nothing passes in either direction and neither end is
/// told; once healed, what was under way arrives, as TCP would send it again.
final class Cable implements AutoCloseable {
    private static final int CHUNK = 16_384;
    private static final int CONNECT_MS = 5_000;

    private final ServerSocket door;
    private final InetSocketAddress engine;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean cut;

    private Cable(ServerSocket door, InetSocketAddress engine) {
        this.door = door;
        this.engine = engine;
    }

    static Cable to(String host, int port) {
        try {
            var door = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
            var cable = new Cable(door, new InetSocketAddress(host, port));
            Thread.ofVirtual().name("cable").start(cable::accept);
            return cable;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address() {
        return door.getInetAddress().getHostAddress() + ":" + door.getLocalPort();
    }

    void cut() {
        set(true);
    }

    void heal() {
        set(false);
    }

    private void set(boolean value) {
        lock.lock();
        try {
            cut = value;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitWhole() {
        lock.lock();
        try {
            while (cut && !door.isClosed()) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket near = door.accept();
                Thread.ofVirtual().name("cable-out").start(() -> serve(near));
            } catch (IOException _) {
                // Closed, or a client that left before it was met.
            }
        }
    }

    private void serve(Socket near) {
        awaitWhole();
        try (near;
                Socket far = new Socket()) {
            open.add(near);
            open.add(far);
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            far.connect(engine, CONNECT_MS);
            Thread back = Thread.ofVirtual().name("cable-in").start(() -> pump(far, near));
            pump(near, far);
            back.join();
        } catch (IOException _) {
            // The engine is down: the node sees a connection that ends.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(near);
        }
    }

    /// An end in one direction ends both: no engine's protocol lives on half a connection.
    private void pump(Socket from, Socket to) {
        byte[] chunk = new byte[CHUNK];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                awaitWhole();
                out.write(chunk, 0, read);
            }
        } catch (IOException _) {
            // The other direction ended first.
        } finally {
            awaitWhole();
            shut(from);
            shut(to);
        }
    }

    private void shut(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException _) {
            // It is closed, which is what was asked for.
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException _) {
            // It is closed, which is what was asked for.
        }
        heal();
        open.forEach(this::shut);
    }
}

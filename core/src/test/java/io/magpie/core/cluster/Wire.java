package io.magpie.core.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The only way from one node to an engine, for tests: cut, the engine hears nothing of the node any more, as when
/// its process is killed.
public final class Wire implements AutoCloseable {
    private final int target;
    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    public Wire(int target) throws IOException {
        this.target = target;
        Thread.ofVirtual().name("wire").start(this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    /// Cuts it for good.
    @Override
    public void close() {
        cut = true;
        close(listening);
        sockets.forEach(Wire::close);
    }

    private void accept() {
        while (!cut) {
            try {
                join(keep(listening.accept()));
            } catch (IOException _) {
                // It was cut.
                return;
            }
        }
    }

    private void join(Socket near) {
        try {
            Socket far = keep(new Socket(InetAddress.getLoopbackAddress(), target));
            Thread.ofVirtual().name("wire").start(() -> carry(near, far));
            Thread.ofVirtual().name("wire").start(() -> carry(far, near));
        } catch (IOException _) {
            // The engine does not listen.
            close(near);
        }
    }

    private Socket keep(Socket socket) {
        sockets.add(socket);
        if (cut) {
            close(socket);
        }
        return socket;
    }

    private static void carry(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // Either side has gone, and both are closed.
        }
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception _) {
            // It is closed either way.
        }
    }
}

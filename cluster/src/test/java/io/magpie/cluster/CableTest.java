package io.magpie.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

class CableTest {
    private static final int PATIENCE_MS = 20_000;

    @Test
    void whatACutHoldsBackArrivesOnceItIsHealed() throws IOException {
        try (var engine = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var cable = Cable.to("127.0.0.1", engine.getLocalPort());
                var node = connected(cable);
                var far = engine.accept()) {
            node.getOutputStream().write('a');
            far.setSoTimeout(PATIENCE_MS);
            assertThat(far.getInputStream().read()).isEqualTo('a');

            cable.cut();
            node.getOutputStream().write('b');
            far.setSoTimeout(200);
            assertThat(timesOut(far)).isTrue();

            cable.heal();
            far.setSoTimeout(PATIENCE_MS);
            assertThat(far.getInputStream().read()).isEqualTo('b');
        }
    }

    @Test
    void anEndOnOneSideIsToldToTheOther() throws IOException {
        try (var engine = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var cable = Cable.to("127.0.0.1", engine.getLocalPort());
                var node = connected(cable)) {
            engine.accept().close();
            node.setSoTimeout(PATIENCE_MS);
            assertThat(node.getInputStream().read()).isEqualTo(-1);
        }
    }

    private static boolean timesOut(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < -1;
        } catch (SocketTimeoutException _) {
            return true;
        }
    }

    private static Socket connected(Cable cable) throws IOException {
        String address = cable.address();
        int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }
}

package io.magpie.e2e.harness;

import io.magpie.bench.target.Address;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/// A Socket.IO session that may say anything, and counts what it is answered. Not thread-safe.
public abstract sealed class HostilePage implements AutoCloseable {
    private static final byte SEPARATOR = 0x1E;
    private static final String PING = "2";
    private static final String PONG = "3";
    private static final String WELCOME = "42[\"magpie\",{\"type\":\"welcome\"";

    private boolean alive = true;

    public static HostilePage polling(Address address) throws IOException {
        return new Polling(address);
    }

    public static HostilePage webSocket(Address address) throws IOException {
        return new WebSocket(address);
    }

    abstract void send(List<byte[]> packets) throws IOException;

    /// At least one packet; none when the session has ended.
    abstract List<String> receive() throws IOException;

    /// Admitted by this CONNECT packet.
    public void connect(String packet) throws IOException {
        send(List.of(bytes(packet)));
        while (true) {
            var packets = receive();
            if (packets.isEmpty()) {
                throw new IOException("ended instead of a welcome");
            }
            if (packets.stream().anyMatch(p -> p.startsWith(WELCOME))) {
                return;
            }
        }
    }

    /// Sends all in one piece; how many acknowledgements came until `expected` were there or the session had ended.
    public int answered(List<byte[]> packets, int expected) throws IOException {
        send(packets);
        int acknowledged = 0;
        while (alive && acknowledged < expected) {
            var heard = receive();
            alive = !heard.isEmpty();
            for (String packet : heard) {
                if (packet.startsWith("43")) {
                    acknowledged++;
                } else if (packet.equals(PING)) {
                    send(List.of(bytes(PONG)));
                }
            }
        }
        return acknowledged;
    }

    public boolean isAlive() {
        return alive;
    }

    void ended() {
        alive = false;
    }

    private static byte[] bytes(String packet) {
        return packet.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public abstract void close() throws IOException;

    private static final class Polling extends HostilePage {
        private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");

        private final RawHttp http;
        private final String session;

        Polling(Address address) throws IOException {
            http = new RawHttp(address);
            var sid = SID.matcher(http.get(RawHttp.OPEN));
            if (!sid.find()) {
                throw new IOException("no session");
            }
            session = RawHttp.OPEN + "&sid=" + sid.group(1);
        }

        @Override
        void send(List<byte[]> packets) throws IOException {
            var body = new ByteArrayOutputStream();
            for (byte[] packet : packets) {
                if (body.size() > 0) {
                    body.write(SEPARATOR);
                }
                body.writeBytes(packet);
            }
            expected(http.post(session, body.toByteArray()));
        }

        @Override
        List<String> receive() throws IOException {
            String answer = http.get(session);
            if (!expected(answer)) {
                return List.of();
            }
            String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
            return List.of(body.split(Character.toString(SEPARATOR), -1));
        }

        /// False if the session is over, and nothing else may have happened.
        private boolean expected(String answer) throws IOException {
            if (answer.startsWith("HTTP/1.1 400 ")) {
                ended();
                return false;
            }
            if (!answer.startsWith("HTTP/1.1 200 ")) {
                throw new IOException(answer);
            }
            return true;
        }

        @Override
        public void close() throws IOException {
            if (isAlive()) {
                send(List.of(bytes("1")));
            }
            http.close();
        }
    }

    private static final class WebSocket extends HostilePage {
        private final Wire wire;

        WebSocket(Address address) throws IOException {
            wire = Wire.opened(address, "/socket.io/?EIO=4&transport=websocket");
            wire.patience((int) Person.PATIENCE.toMillis());
        }

        @Override
        void send(List<byte[]> packets) throws IOException {
            var frames = new ByteArrayOutputStream();
            packets.forEach(packet -> frames.writeBytes(Wire.encoded(Wire.TEXT, packet)));
            wire.raw(frames.toByteArray());
        }

        @Override
        List<String> receive() throws IOException {
            try {
                var frame = wire.read();
                return frame.opcode() == Wire.CLOSE ? List.of() : List.of(frame.text());
            } catch (EOFException _) {
                return List.of();
            }
        }

        @Override
        public void close() {
            wire.close();
        }
    }
}

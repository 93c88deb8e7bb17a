package io.magpie.bench.reference;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.Transport;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A relay that stores nothing on netty-socketio: what a team in a hurry would put up. Runs on that library's own
/// class path. Prints `ready realtime=HOST:PORT`; ends when its input ends.
public final class NettySocketIoMain {
    private static final String EVERYBODY = "all";

    private final Map<Long, SocketIOClient> users = new ConcurrentHashMap<>();
    private final SocketIOServer server;

    private NettySocketIoMain(SocketIOServer server) {
        this.server = server;
    }

    public static void main(String[] args) throws Exception {
        int port = freePort();
        Configuration configuration = new Configuration();
        configuration.setHostname("127.0.0.1");
        configuration.setPort(port);
        configuration.setTransports(Transport.WEBSOCKET);
        configuration.setUseLinuxNativeEpoll(args.length == 0);
        configuration.setWorkerThreads(Runtime.getRuntime().availableProcessors());
        configuration.getSocketConfig().setTcpNoDelay(true);
        configuration.getSocketConfig().setAcceptBackLog(4096);
        SocketIOServer server = new SocketIOServer(configuration);
        new NettySocketIoMain(server).serve();
        Ready.print(port);
        Ready.awaitEndOfInput();
        server.stop();
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void serve() {
        server.addConnectListener(client -> {
            users.put(user(client), client);
            client.joinRoom(EVERYBODY);
        });
        server.addDisconnectListener(client -> users.remove(user(client), client));
        server.addEventListener("send", Message.class, this::send);
        server.addEventListener("all", Message.class, this::all);
        server.start();
    }

    private static long user(SocketIOClient client) {
        return Long.parseLong(client.getHandshakeData().getSingleUrlParam("user"));
    }

    private void send(SocketIOClient from, Message message, AckRequest acknowledge) {
        SocketIOClient target = users.get(message.getTo());
        if (target != null) {
            target.sendEvent("message", new Message(user(from), message.getText()));
        }
        acknowledge.sendAckData("ok");
    }

    private void all(SocketIOClient from, Message message, AckRequest acknowledge) {
        Message out = new Message(user(from), message.getText());
        server.getRoomOperations(EVERYBODY).sendEvent("message", from, out);
        acknowledge.sendAckData("ok");
    }

    /// What travels both ways; a bean because that is what the library reads.
    public static final class Message {
        private long to;
        private long from;
        private String text = "";

        public Message() {}

        Message(long from, String text) {
            this.from = from;
            this.text = text;
        }

        public long getTo() {
            return to;
        }

        public void setTo(long to) {
            this.to = to;
        }

        public long getFrom() {
            return from;
        }

        public void setFrom(long from) {
            this.from = from;
        }

        public String getText() {
            return text;
        }

        public void setText(String text) {
            this.text = text;
        }
    }
}

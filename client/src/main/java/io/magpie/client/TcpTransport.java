package io.magpie.client;

import io.magpie.protocol.Codec;
import io.magpie.protocol.protobuf.ProtobufCodec;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// Protobuf over TCP, the length before each frame; with TLS where the address says `tls`. Two tasks per connection,
/// which block: one reads, one writes.
public final class TcpTransport implements Transport, AutoCloseable {
    /// Of a frame received; a full page of the longest messages stays below.
    static final int MAX_FRAME_BYTES = 8 << 20;

    private static final int CONNECT_MS = 10_000;
    /// No frame is empty.
    private static final byte[] END = {};

    private final ProtobufCodec codec = new ProtobufCodec();
    private final Executor executor;
    private final SSLContext tls;
    private final Set<Pipe> open = ConcurrentHashMap.newKeySet();

    /// @param executor whose tasks may block: virtual threads
    /// @param tls whom to trust
    public TcpTransport(Executor executor, SSLContext tls) {
        this.executor = executor;
        this.tls = tls;
    }

    @Override
    public Codec codec() {
        return codec;
    }

    @Override
    public void open(URI address, Listener listener) {
        executor.execute(() -> {
            Socket socket;
            try {
                socket = connected(address);
            } catch (IOException | IllegalArgumentException e) {
                String why = e.getMessage();
                listener.closed("cannot connect to " + address + (why == null ? "" : ": " + why));
                return;
            }
            var pipe = new Pipe(socket, listener);
            open.add(pipe);
            executor.execute(pipe::write);
            listener.opened(pipe);
            pipe.read();
        });
    }

    private Socket connected(URI address) throws IOException {
        if (!Protocol.TCP.fits(address) || address.getHost() == null || address.getPort() < 0) {
            throw new IllegalArgumentException("(expected: tcp://HOST:PORT or tls://HOST:PORT)");
        }
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(host(address), address.getPort()), CONNECT_MS);
            return "tls".equalsIgnoreCase(address.getScheme()) ? encrypted(socket, address) : socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private SSLSocket encrypted(Socket socket, URI address) throws IOException {
        var encrypted = (SSLSocket) tls.getSocketFactory().createSocket(socket, host(address), address.getPort(), true);
        SSLParameters parameters = encrypted.getSSLParameters();
        // The name in the certificate must be the one that was asked for.
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        encrypted.setSSLParameters(parameters);
        encrypted.setSoTimeout(CONNECT_MS);
        encrypted.startHandshake();
        encrypted.setSoTimeout(0);
        return encrypted;
    }

    /// Without the brackets of an IPv6 address.
    private static String host(URI address) {
        String host = address.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /// Ends every connection.
    @Override
    public void close() {
        open.forEach(Pipe::abort);
    }

    private final class Pipe implements Link {
        private final Socket socket;
        private final Listener listener;
        private final BlockingQueue<byte[]> outgoing = new LinkedBlockingQueue<>();
        private final Semaphore pulled = new Semaphore(0);
        private final AtomicBoolean over = new AtomicBoolean();

        Pipe(Socket socket, Listener listener) {
            this.socket = socket;
            this.listener = listener;
        }

        void read() {
            try {
                InputStream in = new BufferedInputStream(socket.getInputStream());
                while (!over.get()) {
                    pulled.acquire();
                    byte[] frame = frame(in);
                    if (!over.get()) {
                        listener.frame(frame);
                    }
                }
            } catch (EOFException _) {
                end("closed by the server");
            } catch (IOException e) {
                end("connection lost" + (e.getMessage() == null ? "" : ": " + e.getMessage()));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                end("interrupted");
            }
        }

        private static byte[] frame(InputStream in) throws IOException {
            long length = 0;
            for (int shift = 0; ; shift += 7) {
                int b = in.read();
                if (b < 0) {
                    throw new EOFException();
                }
                length |= (b & 0x7FL) << shift;
                if (b < 0x80) {
                    break;
                }
                if (length > MAX_FRAME_BYTES || shift > 28) {
                    throw new IOException("frame: over " + MAX_FRAME_BYTES + " bytes");
                }
            }
            if (length > MAX_FRAME_BYTES) {
                throw new IOException("frame: over " + MAX_FRAME_BYTES + " bytes");
            }
            byte[] frame = in.readNBytes((int) length);
            if (frame.length < length) {
                throw new EOFException();
            }
            return frame;
        }

        void write() {
            try {
                OutputStream out = new BufferedOutputStream(socket.getOutputStream());
                for (byte[] frame = outgoing.take(); frame.length > 0; frame = outgoing.take()) {
                    int rest = frame.length;
                    while (rest > 0x7F) {
                        out.write((rest & 0x7F) | 0x80);
                        rest >>>= 7;
                    }
                    out.write(rest);
                    out.write(frame);
                    if (outgoing.isEmpty()) {
                        out.flush();
                    }
                }
                out.flush();
            } catch (IOException e) {
                end("connection lost" + (e.getMessage() == null ? "" : ": " + e.getMessage()));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            shut();
        }

        /// The socket, and the task that reads.
        private void shut() {
            open.remove(this);
            try {
                socket.close();
            } catch (IOException _) {
                // It is closed, which is what was asked for.
            }
            pulled.release();
        }

        private void end(String why) {
            if (over.compareAndSet(false, true)) {
                outgoing.add(END);
                listener.closed(why);
            }
        }

        @Override
        public void send(byte[] frame) {
            if (!over.get()) {
                outgoing.add(frame);
            }
        }

        @Override
        public void pull() {
            pulled.release();
        }

        @Override
        public void close() {
            end("closed");
        }

        @Override
        public void abort() {
            end("closed");
            shut();
        }
    }
}

package io.magpie.gateway;

import io.magpie.core.command.Reply;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Rejection;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/// Bytes of the TCP port to whole messages. A length beyond the limit, or that is none, is answered and ends the
/// connection, because nobody knows where the next message would begin; so no more than the limit is ever gathered.
final class TcpFrames extends ByteToMessageDecoder {
    private static final int MAX_HEADER = 5;

    private final ClientConnection connection;
    private final GatewayStats stats;
    private final int maxBytes;

    TcpFrames(ClientConnection connection, GatewayStats stats, int maxBytes) {
        this.connection = connection;
        this.stats = stats;
        this.maxBytes = maxBytes;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (connection.isEnding()) {
            in.skipBytes(in.readableBytes());
            return;
        }
        int start = in.readerIndex();
        long length = 0;
        for (int i = 0; i < MAX_HEADER; i++) {
            if (!in.isReadable()) {
                in.readerIndex(start);
                return;
            }
            byte b = in.readByte();
            length |= (b & 0x7FL) << (7 * i);
            if (b >= 0) {
                message(in, start, length, out);
                return;
            }
        }
        stats.frameMalformed();
        end(
                in,
                new Rejection(
                        ErrorCode.MALFORMED, "frame: no length before it (expected: a varint of at most 5 bytes)"),
                CloseReason.MALFORMED);
    }

    private void message(ByteBuf in, int start, long length, List<Object> out) {
        if (length > maxBytes) {
            end(
                    in,
                    new Rejection(
                            ErrorCode.TOO_LARGE, "frame: %d bytes (expected: at most %d)".formatted(length, maxBytes)),
                    CloseReason.TOO_LARGE);
        } else if (in.readableBytes() < length) {
            in.readerIndex(start);
        } else {
            stats.frameReceived();
            out.add(in.readRetainedSlice((int) length));
        }
    }

    private void end(ByteBuf in, Rejection rejection, CloseReason reason) {
        in.skipBytes(in.readableBytes());
        connection.answer(null, new Reply.Failed(rejection));
        connection.end(reason);
    }
}

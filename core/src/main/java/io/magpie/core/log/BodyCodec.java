package io.magpie.core.log;

/// Port: how a body is kept by a store. Lossless: `decode(encode(body)).equals(body)`. Any thread.
public interface BodyCodec {
    byte[] encode(Body body);

    Body decode(byte[] stored);
}

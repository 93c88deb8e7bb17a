package io.magpie.protocol.json;

import io.magpie.core.log.Body;
import io.magpie.core.log.BodyCodec;
import io.magpie.protocol.frame.EntryReader;
import io.magpie.protocol.frame.EntryWriter;
import io.magpie.protocol.frame.Fields;
import io.magpie.protocol.frame.Limits;
import io.magpie.protocol.frame.Refused;

/// Keeps a body as the JSON that `body` is on the wire. Whatever core can express is kept, whatever the limits of
/// requests are. Thread-safe.
public final class JsonBodyCodec implements BodyCodec {
    private final FieldReader reader = new FieldReader(Limits.SERVER_DEPTH);

    @Override
    public byte[] encode(Body body) {
        JsonWriter out = new JsonWriter().open();
        EntryWriter.body(out, body);
        return out.close().bytes();
    }

    /// @throws IllegalArgumentException if this version did not write it: the store is damaged, or newer
    @Override
    public Body decode(byte[] stored) {
        Fields body = Fields.ofServer();
        try {
            reader.read(stored, body);
            return EntryReader.exact(body);
        } catch (Refused refused) {
            throw new IllegalArgumentException(
                    "stored body: " + refused.rejection().message(), refused);
        }
    }
}

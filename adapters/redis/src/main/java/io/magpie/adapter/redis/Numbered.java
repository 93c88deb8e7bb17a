package io.magpie.adapter.redis;

import io.magpie.core.cluster.Incarnation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A record with its publisher and its number among those the publisher sent on one channel. A beat has neither
/// record nor place: number 0.
final class Numbered {
    private final String publisher;
    private final long number;
    private final byte[] record;

    private Numbered(String publisher, long number, byte[] record) {
        this.publisher = publisher;
        this.number = number;
        this.record = record;
    }

    static byte[] bytes(Incarnation publisher, long number, byte[] record) {
        byte[] name = publisher.toString().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Short.BYTES + name.length + Long.BYTES + record.length)
                .putShort((short) name.length)
                .put(name)
                .putLong(number)
                .put(record)
                .array();
    }

    static byte[] beat(Incarnation publisher) {
        return bytes(publisher, 0, new byte[0]);
    }

    static Numbered read(byte[] message) {
        var in = ByteBuffer.wrap(message);
        byte[] name = new byte[in.getShort()];
        in.get(name);
        long number = in.getLong();
        byte[] record = new byte[in.remaining()];
        in.get(record);
        return new Numbered(new String(name, StandardCharsets.UTF_8), number, record);
    }

    String publisher() {
        return publisher;
    }

    long number() {
        return number;
    }

    byte[] record() {
        return record;
    }

    boolean isBeat() {
        return number == 0;
    }
}

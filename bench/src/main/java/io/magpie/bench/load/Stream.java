package io.magpie.bench.load;

/// The messages of one user to one address: 1, 2, 3, … On the user's event loop; read after the round.
public final class Stream {
    private final int id;
    private final User from;
    private final byte[] address;
    private final int receivers;
    private final Sequence acknowledged = new Sequence();
    private long sent;

    /// @param id unique within the round
    /// @param receivers how many deliveries a message makes
    public Stream(int id, User from, byte[] address, int receivers) {
        this.id = id;
        this.from = from;
        this.address = address;
        this.receivers = receivers;
    }

    public int id() {
        return id;
    }

    public User from() {
        return from;
    }

    public byte[] address() {
        return address;
    }

    int receivers() {
        return receivers;
    }

    long sent() {
        return sent;
    }

    long next() {
        return ++sent;
    }

    Sequence acknowledged() {
        return acknowledged;
    }
}

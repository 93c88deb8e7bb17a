package io.magpie.bench.dialect;

import io.magpie.bench.load.Dialect;
import io.magpie.bench.load.Stamp;
import io.magpie.bench.load.User;
import io.magpie.bench.wire.Outgoing;
import io.magpie.bench.wire.Scan;
import java.util.List;

/// The floor relay's frames: `S` + counter + target + text to one user, `G` + counter + text to all others, `A` +
/// counter back, `R` when registered; what arrives is the sender's frame as it was. Numbers are eight hexadecimal
/// digits.
public final class RelayDialect implements Dialect {
    private static final int DIGITS = 8;
    private static final byte[] TO_ALL = new byte[0];

    @Override
    public String requestTarget(int user) {
        return "/?user=" + user;
    }

    @Override
    public void opened(User user) {}

    @Override
    public void frame(User user, byte[] bytes, int from, int to) {
        switch (bytes[from]) {
            case 'A' -> user.acknowledged(Scan.hex(bytes, from + 1, DIGITS));
            case 'R' -> user.ready(user.index());
            default -> {
                var _ = user.received(bytes, from, to, "", -1);
            }
        }
    }

    @Override
    public byte[] address(User user, User peer) {
        return new Outgoing().hex(peer.index(), DIGITS).toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    @Override
    public byte[] group(List<User> members) {
        return TO_ALL;
    }

    @Override
    public void message(User user, Outgoing out, byte[] address, long number, Stamp stamp) {
        out.put(address.length == 0 ? ALL : ONE).hex(number, DIGITS).put(address);
        stamp.writeTo(out);
    }

    private static final byte[] ONE = {'S'};
    private static final byte[] ALL = {'G'};
}

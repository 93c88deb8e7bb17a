package io.magpie.core.node;

import io.magpie.core.account.Account;
import io.magpie.core.account.Accounts;
import io.magpie.core.cluster.Facts;
import io.magpie.core.cluster.RecordCodec;
import io.magpie.core.device.Device;
import io.magpie.core.device.Login;
import io.magpie.core.device.Logins;
import io.magpie.core.device.Platform;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// What a node needs and these tests do not test.
final class Fakes {
    private static final Device DEVICE = new Device("any", Platform.WEB, "");

    private Fakes() {}

    /// Keeps the facts and hands out their number as the record.
    static final class Codec implements RecordCodec {
        private final Map<Long, Facts> kept = new ConcurrentHashMap<>();
        private final AtomicLong last = new AtomicLong();

        @Override
        public byte[] encode(Facts facts) {
            long number = last.incrementAndGet();
            kept.put(number, facts);
            return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
        }

        @Override
        public Facts decode(byte[] record) {
            return Objects.requireNonNull(kept.get(ByteBuffer.wrap(record).getLong()));
        }
    }

    /// Nobody was ever seen.
    static final class NoAccounts implements Accounts {
        @Override
        public Optional<Account> find(long id) {
            return Optional.empty();
        }

        @Override
        public List<Account> findAll(Collection<Long> ids) {
            return List.of();
        }

        @Override
        public Optional<Account> byUsername(String username) {
            return Optional.empty();
        }

        @Override
        public Optional<Account> byExternal(String external) {
            return Optional.empty();
        }

        @Override
        public Optional<Credentials> credentials(String username) {
            return Optional.empty();
        }

        @Override
        public List<Account> search(String query, int limit) {
            return List.of();
        }
    }

    /// Every login is open but those closed.
    static final class OpenLogins implements Logins {
        final Set<Long> closed = ConcurrentHashMap.newKeySet();

        @Override
        public Optional<Login> byToken(byte[] tokenHash) {
            return Optional.empty();
        }

        @Override
        public Optional<Login> find(long id) {
            return findAll(List.of(id)).stream().findFirst();
        }

        @Override
        public List<Login> findAll(Collection<Long> ids) {
            return ids.stream()
                    .filter(id -> !closed.contains(id))
                    .map(id -> new Login(id, id, DEVICE, 0, 0, Long.MAX_VALUE))
                    .toList();
        }

        @Override
        public List<Login> ofUser(long user) {
            return findAll(List.of(user));
        }
    }
}

package io.magpie.bench.target;

import io.magpie.bench.dialect.MagpieAccounts;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// People who register and log in over HTTP, for servers whose secret the bench does not know. Each costs the
/// server a password hash or two, so a thousand take a while; names stay the same from run to run.
public final class PasswordAccounts implements MagpieAccounts {
    private static final int AT_ONCE = 8;
    private static final String PASSWORD = "a password of the bench";

    private final MagpieApi api;
    private final Map<Integer, String> tokens = new ConcurrentHashMap<>();

    public PasswordAccounts(Address http) {
        this.api = new MagpieApi(http);
    }

    @Override
    public void prepare(int users) {
        try (ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
            List<? extends Future<?>> all = IntStream.range(0, users)
                    .filter(user -> !tokens.containsKey(user))
                    .mapToObj(user -> workers.submit(() -> {
                        var _ = tokens.put(user, api.logIn("bench-" + user, PASSWORD));
                    }))
                    .toList();
            for (Future<?> one : all) {
                var _ = one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while making accounts", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("accounts: " + e.getCause(), e);
        }
    }

    @Override
    public String token(int user) {
        String token = tokens.get(user);
        if (token == null) {
            throw new IllegalStateException("user " + user + " was not prepared");
        }
        return token;
    }

    @Override
    public long group(int owner, List<Long> members) {
        return api.create(token(owner), members);
    }
}

package io.magpie.bench.target;

import io.magpie.bench.dialect.MagpieAccounts;
import java.util.List;

/// People with tokens of an identity provider, which costs no password hash and makes the account on first sight.
public final class JwtAccounts implements MagpieAccounts {
    private volatile Magpie magpie;

    public JwtAccounts(Magpie magpie) {
        this.magpie = magpie;
    }

    /// The same server, started again.
    void moved(Magpie to) {
        magpie = to;
    }

    @Override
    public void prepare(int users) {}

    @Override
    public String token(int user) {
        return magpie.token(subject(user), name(user));
    }

    static String subject(int user) {
        return "bench-" + user;
    }

    static String name(int user) {
        return "Bench " + user;
    }

    @Override
    public long group(int owner, List<Long> members) {
        return new MagpieApi(magpie.http()).create(token(owner), members);
    }
}

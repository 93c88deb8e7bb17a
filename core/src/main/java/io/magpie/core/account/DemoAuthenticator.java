package io.magpie.core.account;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.device.Device;
import io.magpie.core.device.Login;
import io.magpie.core.journal.Journal;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.session.Authenticator;
import java.time.InstantSource;

/// Demo authentication: whoever says a user id is that user. An id nobody has becomes an account at first sight, so
/// that pages which know nothing but numbers can chat on an empty server. Never for a server that others can reach.
/// Other tokens are for the authenticator behind it. Blocks.
public final class DemoAuthenticator implements Authenticator {
    private static final String PREFIX = "demo:";

    /// The largest id that is made an account. The store assigns ids above the largest there is, so a page must not
    /// be able to use them up.
    static final long MAX_USER = 1_000_000;

    private final Authenticator others;
    private final Journal journal;
    private final Accounts accounts;
    private final LoginService logins;
    private final InstantSource clock;

    public DemoAuthenticator(
            Authenticator others, Journal journal, Accounts accounts, LoginService logins, InstantSource clock) {
        this.others = others;
        this.journal = journal;
        this.accounts = accounts;
        this.logins = logins;
        this.clock = clock;
    }

    /// What stands for a user id where a token is expected. Without demo authentication it is a token nobody has.
    public static String token(String userId) {
        return PREFIX + userId;
    }

    @Override
    public Outcome<Login> authenticate(String token, Device device) {
        if (!token.startsWith(PREFIX)) {
            return others.authenticate(token, device);
        }
        return user(token.substring(PREFIX.length()))
                .then(this::account)
                .then(account -> logins.reuse(account.id(), device));
    }

    @Override
    public boolean open(Login login) {
        return others.open(login);
    }

    private static Outcome<Long> user(String digits) {
        long user = digits.matches("[1-9][0-9]{0,15}") ? Long.parseLong(digits) : 0;
        return user < 1 || user > ConversationId.MAX_ID
                ? Outcome.rejected(ErrorCode.UNAUTHENTICATED, "userId: no id (expected: a whole number from 1)")
                : Outcome.done(user);
    }

    private Outcome<Account> account(long id) {
        var known = accounts.find(id);
        if (known.isPresent()) {
            return Outcome.done(known.get());
        }
        if (id > MAX_USER) {
            return Outcome.rejected(
                    ErrorCode.UNAUTHENTICATED, "userId: " + id + " is nobody (expected: 1.." + MAX_USER + ")");
        }
        return journal.transact(tx -> {
            var edits = tx.on(Accounts.Edits.class);
            return Outcome.done(edits.find(id).orElseGet(() -> edits.insert(id, "User " + id, clock.millis())));
        });
    }
}

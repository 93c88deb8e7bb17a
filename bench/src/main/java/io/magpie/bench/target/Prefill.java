package io.magpie.bench.target;

import io.magpie.adapter.jdbc.SqliteStore;
import io.magpie.core.account.Account;
import io.magpie.core.account.Accounts;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Draft;
import io.magpie.core.log.Mentions;
import io.magpie.core.outcome.Outcome;
import io.magpie.protocol.json.JsonBodyCodec;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Fills an embedded store before its server starts, with a past of the people who will write.
public final class Prefill {
    private static final int BATCH = 2_000;

    private Prefill() {}

    /// @param users an even number; the past is that of their pairs
    public static void run(Path data, int users, long entries, Say say) {
        InstantSource clock = InstantSource.system();
        try (SqliteStore store = SqliteStore.open(data, new JsonBodyCodec(), clock)) {
            List<Long> ids = accounts(store, users, clock.millis());
            Body body = new Body.Message(new Content.Text("x".repeat(100)), 0, Mentions.NONE);
            for (long done = 0; done < entries; ) {
                List<Draft> batch = new ArrayList<>(BATCH);
                for (int i = 0; i < BATCH && done < entries; i++, done++) {
                    int user = (int) (done % users);
                    long sender = ids.get(user);
                    ConversationId conversation = ConversationId.direct(sender, ids.get(user ^ 1));
                    batch.add(new Draft(conversation, sender, "past-" + done, body, Draft.UNCHECKED));
                }
                var _ = store.log().append(batch, clock.millis());
                if (done % 100_000 == 0) {
                    say.line("stored " + done + "/" + entries);
                }
            }
        }
    }

    private static List<Long> accounts(SqliteStore store, int users, long now) {
        List<Long> ids = new ArrayList<>();
        var _ = store.transact(transaction -> {
            ids.clear();
            Accounts.Edits accounts = transaction.on(Accounts.Edits.class);
            for (int user = 0; user < users; user++) {
                String name = JwtAccounts.subject(user);
                Optional<Account> made = accounts.insert(null, null, name, JwtAccounts.name(user), "", now);
                ids.add(made.or(() -> accounts.byExternal(name)).orElseThrow().id());
            }
            return Outcome.done(users);
        });
        return ids;
    }
}

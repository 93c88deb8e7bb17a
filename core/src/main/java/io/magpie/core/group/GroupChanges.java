package io.magpie.core.group;

import io.magpie.core.account.AccountRules;
import io.magpie.core.account.PasswordHash;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.JoinPolicy;
import io.magpie.core.limit.TextRule;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Checks what a founder or admin wants, and hashes the password, before the transaction.
final class GroupChanges {
    private static final TextRule NAME = TextRule.line("name", 1, 128);
    private static final TextRule ANNOUNCEMENT = TextRule.lines("announcement", 0, 4096);
    private static final TextRule PASSWORD = TextRule.line("password", 1, 128);

    private final PasswordHash passwords;

    GroupChanges(PasswordHash passwords) {
        this.passwords = passwords;
    }

    /// The group without an id yet.
    Outcome<Group> founded(NewGroup wanted, long founder, long now) {
        boolean secret = wanted.joinPolicy() == JoinPolicy.PASSWORD;
        if (secret != (wanted.password() != null)) {
            return Outcome.rejected(
                    ErrorCode.MALFORMED,
                    secret
                            ? "password: missing (joinPolicy: password)"
                            : "password: given (expected: joinPolicy: password)");
        }
        return NAME.check(wanted.name())
                .then(name -> AccountRules.avatar(wanted.avatar())
                        .then(avatar -> hash(wanted.password())
                                .map(hash -> new Group(
                                        0,
                                        name,
                                        avatar,
                                        "",
                                        wanted.joinPolicy(),
                                        hash.orElse(null),
                                        wanted.historyOpen(),
                                        0,
                                        founder,
                                        now,
                                        0))));
    }

    Outcome<PreparedPatch> prepare(GroupPatch patch) {
        long mutedUntil = patch.mutedUntil() == null ? 0 : patch.mutedUntil();
        if (mutedUntil < 0 || mutedUntil > ConversationId.MAX_ID) {
            return Outcome.rejected(ErrorCode.MALFORMED, "mutedUntil: " + mutedUntil + " (expected: a time, or 0)");
        }
        return optional(patch.name(), NAME::check)
                .then(name -> optional(patch.avatar(), AccountRules::avatar)
                        .then(avatar -> optional(patch.announcement(), ANNOUNCEMENT::check)
                                .then(announcement -> hash(patch.password())
                                        .map(hash -> new PreparedPatch(
                                                name.orElse(null),
                                                avatar.orElse(null),
                                                announcement.orElse(null),
                                                patch.joinPolicy(),
                                                hash.orElse(null),
                                                patch.historyOpen(),
                                                patch.mutedUntil())))));
    }

    private Outcome<Optional<String>> hash(@Nullable String password) {
        return optional(password, given -> PASSWORD.check(given).then(passwords::hash));
    }

    private static Outcome<Optional<String>> optional(@Nullable String given, Function<String, Outcome<String>> check) {
        return given == null
                ? Outcome.done(Optional.empty())
                : check.apply(given).map(Optional::of);
    }
}

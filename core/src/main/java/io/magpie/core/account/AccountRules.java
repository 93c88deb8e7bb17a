package io.magpie.core.account;

import io.magpie.core.limit.TextRule;
import io.magpie.core.limit.Utf8;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import java.util.regex.Pattern;

/// What names, passwords and profiles may be.
public final class AccountRules {
    public static final int MAX_NICKNAME_BYTES = 64;
    public static final TextRule NICKNAME = TextRule.line("nickname", 1, MAX_NICKNAME_BYTES);
    static final TextRule BIO = TextRule.lines("bio", 0, 500);
    static final TextRule EXTERNAL = TextRule.line("external", 1, Identity.MAX_SUBJECT_BYTES);
    static final TextRule QUERY = TextRule.line("query", 1, 64);

    private static final TextRule AVATAR = TextRule.line("avatar", 0, 1024);
    private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9._-]{3,32}");
    private static final Pattern AVATAR_FORM = Pattern.compile("|[1-9][0-9]{0,15}|https?://\\S+");
    private static final int MIN_PASSWORD_BYTES = 8;
    private static final int MAX_PASSWORD_BYTES = 256;

    private AccountRules() {}

    /// A picture: nothing, an uploaded file's id, or an `http` or `https` URL.
    public static Outcome<String> avatar(String given) {
        return AVATAR.check(given)
                .then(text -> AVATAR_FORM.matcher(text).matches()
                        ? Outcome.done(text)
                        : Outcome.rejected(
                                ErrorCode.MALFORMED,
                                "avatar: neither a file id nor a URL (expected: a number or http(s)://…)"));
    }

    /// As [#avatar], but for somebody who cannot have uploaded anything.
    static Outcome<String> picture(String given) {
        return avatar(given)
                .then(text -> text.isEmpty() || !Character.isDigit(text.charAt(0))
                        ? Outcome.done(text)
                        : Outcome.rejected(
                                ErrorCode.MALFORMED, "avatar: a file id (expected: an address, http(s)://…)"));
    }

    static Outcome<String> username(String given) {
        return USERNAME.matcher(given).matches()
                ? Outcome.done(given)
                : Outcome.rejected(
                        ErrorCode.MALFORMED,
                        "username: not one (expected: 3..32 letters, digits, dots, dashes or underscores)");
    }

    static Outcome<String> password(String field, String given) {
        long bytes = Utf8.length(given);
        return bytes >= MIN_PASSWORD_BYTES && bytes <= MAX_PASSWORD_BYTES
                ? Outcome.done(given)
                : Outcome.rejected(
                        ErrorCode.MALFORMED,
                        field + ": " + (bytes < 0 ? "not well-formed Unicode" : bytes + " bytes of UTF-8")
                                + " (expected: " + MIN_PASSWORD_BYTES + ".." + MAX_PASSWORD_BYTES + " bytes)");
    }
}

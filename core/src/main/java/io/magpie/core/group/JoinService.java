package io.magpie.core.group;

import io.magpie.core.account.PasswordHash;
import io.magpie.core.conversation.Member;
import io.magpie.core.journal.Journal;
import io.magpie.core.limit.Rate;
import io.magpie.core.limit.TextRule;
import io.magpie.core.limit.TokenBuckets;
import io.magpie.core.log.Body;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.outcome.Rejection;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Lets people into groups by themselves: at once, with the password, or after somebody agreed. Blocks.
public final class JoinService {
    private static final TextRule MESSAGE = TextRule.lines("message", 0, 256);
    private static final Rate GUESSES = Rate.perMinute(10);
    private static final int MAX_GUESSERS = 100_000;

    private final Journal journal;
    private final Groups groups;
    private final PasswordHash passwords;
    private final TokenBuckets<Long> guesses;
    private final GroupSettings settings;
    private final InstantSource clock;

    public JoinService(
            Journal journal, Groups groups, PasswordHash passwords, GroupSettings settings, InstantSource clock) {
        this.journal = journal;
        this.groups = groups;
        this.passwords = passwords;
        this.guesses = new TokenBuckets<>(GUESSES, MAX_GUESSERS, clock);
        this.settings = settings;
        this.clock = clock;
    }

    /// What became of the wish to join.
    public enum Joined {
        MEMBER,
        ASKED
    }

    /// @param password for a group with `PASSWORD`
    /// @param message for a group with `APPROVAL`
    public Outcome<Joined> join(long group, long user, @Nullable String password, String message) {
        var there = groups.find(group).filter(found -> !found.dissolved());
        if (there.isEmpty()) {
            return Outcome.rejected(ErrorCode.NOT_FOUND, "group: no group " + group);
        }
        return MESSAGE.check(message).then(text -> switch (there.get().joinPolicy()) {
            case APPROVAL -> ask(group, user, text);
            case PASSWORD -> withPassword(there.get(), user, password);
            case OPEN, INVITE, OWNER -> enter(there.get(), user);
        });
    }

    /// Who waits to be let in, the longest first; for those who may answer.
    public Outcome<List<JoinRequest>> requests(long group, long viewer) {
        return groups.standing(group, viewer)
                .filter(there -> !there.group().dissolved())
                .<Outcome<List<JoinRequest>>>map(there -> GroupPermissions.allows(
                                GroupAction.ANSWER_REQUESTS, there.group().joinPolicy(), Place.of(there.member()))
                        ? Outcome.done(groups.joinRequests(group))
                        : Outcome.rejected(ErrorCode.FORBIDDEN, "group: owner and admins answer requests"))
                .orElseGet(() -> Outcome.rejected(ErrorCode.NOT_FOUND, "group: no group " + group));
    }

    public Outcome<Long> accept(long group, long actor, long user) {
        return journal.transact(tx -> answering(
                        GroupMove.begin(tx, group, actor, GroupAction.ANSWER_REQUESTS, clock.millis()), user)
                .then(move -> move.letIn(List.of(user), settings.maxMembers())
                        .then(_ -> move.tell(user, Body.NoticeEvent.JOIN_ACCEPTED))));
    }

    public Outcome<Long> decline(long group, long actor, long user) {
        return journal.transact(
                tx -> answering(GroupMove.begin(tx, group, actor, GroupAction.ANSWER_REQUESTS, clock.millis()), user)
                        .then(move -> move.tell(user, Body.NoticeEvent.JOIN_DECLINED)));
    }

    private static Outcome<GroupMove> answering(Outcome<GroupMove> begun, long user) {
        return begun.then(move -> move.groups().endJoinRequest(move.group().id(), user)
                ? Outcome.done(move)
                : Outcome.rejected(ErrorCode.NOT_FOUND, "user: " + user + " has not asked to join"));
    }

    private Outcome<Joined> ask(long group, long user, String message) {
        return journal.transact(tx -> GroupMove.begin(tx, group, user, GroupAction.ASK_TO_JOIN, clock.millis())
                .then(move -> {
                    boolean again = move.groups().endJoinRequest(group, user);
                    move.groups().askToJoin(new JoinRequest(group, user, message, move.now()));
                    return again
                            ? Outcome.done(Joined.ASKED)
                            : tellAdmins(move, message).map(_ -> Joined.ASKED);
                }));
    }

    private static Outcome<Long> tellAdmins(GroupMove move, String message) {
        var notice = new Body.Notice(
                Body.NoticeEvent.JOIN_REQUEST, move.actor(), move.group().id(), 0, message.isEmpty() ? null : message);
        Outcome<Long> told = Outcome.done(0L);
        for (Member admin : move.members().admins(move.conversation())) {
            told = told.then(_ -> move.tell(admin.user(), notice));
        }
        return told;
    }

    /// The password is compared before the transaction, so there it must still be the same one.
    private Outcome<Joined> withPassword(Group group, long user, @Nullable String password) {
        if (password == null) {
            return Outcome.rejected(ErrorCode.MALFORMED, "password: missing (joinPolicy: password)");
        }
        long waitMs = guesses.take(user);
        if (waitMs > 0) {
            return Outcome.rejected(
                    new Rejection(ErrorCode.RATE_LIMITED, "too many passwords; wait " + waitMs + " ms", waitMs));
        }
        return passwords.matches(password, group.passwordHash()).then(right -> {
            if (!right) {
                return Outcome.rejected(ErrorCode.FORBIDDEN, "password: wrong");
            }
            guesses.giveBack(user);
            return enter(group, user);
        });
    }

    private Outcome<Joined> enter(Group seen, long user) {
        return journal.transact(tx -> GroupMove.begin(tx, seen.id(), user, GroupAction.JOIN, clock.millis())
                .then(move -> move.group().joinPolicy() == seen.joinPolicy()
                                && Objects.equals(move.group().passwordHash(), seen.passwordHash())
                        ? move.letIn(List.of(user), settings.maxMembers()).map(_ -> Joined.MEMBER)
                        : Outcome.rejected(ErrorCode.CONFLICT, "group: its settings changed just now; try again")));
    }
}

package io.magpie.core.contact;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.journal.Journal;
import io.magpie.core.limit.TextRule;
import io.magpie.core.log.Body;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.outcome.Rejection;
import io.magpie.core.store.Transaction;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongUnaryOperator;

/// Friends, friend requests, blocks. Every request and answer is also a notice to the other one, in the same
/// transaction. Blocks.
public final class ContactService {
    private static final int MAX_REQUESTS = 500;
    private static final TextRule MESSAGE = TextRule.lines("message", 0, 256);
    private static final TextRule REMARK = TextRule.line("remark", 0, 64);

    private final Journal journal;
    private final Contacts contacts;
    private final LongUnaryOperator requestLimit;
    private final InstantSource clock;

    /// @param requestLimit takes one friend request of a user; 0 to go on, else how many milliseconds to wait
    public ContactService(Journal journal, Contacts contacts, LongUnaryOperator requestLimit, InstantSource clock) {
        this.journal = journal;
        this.contacts = contacts;
        this.requestLimit = requestLimit;
        this.clock = clock;
    }

    /// Asks `to` to become a friend. If `to` has asked `user` already, this accepts: the answer is then that request.
    public Outcome<FriendRequest> ask(long user, long to, String message, String remark) {
        return MESSAGE.check(message)
                .then(text -> REMARK.check(remark)
                        .then(called -> unlessTooFast(user)
                                .then(_ -> journal.transact(
                                        tx -> ask(new Move(tx, clock.millis()), user, to, text, called)))));
    }

    /// @param remark what `user` will call the other one; empty for none
    public Outcome<FriendRequest> accept(long user, long request, String remark) {
        return REMARK.check(remark)
                .then(called -> journal.transact(tx -> {
                    var move = new Move(tx, clock.millis());
                    return pending(move.contacts(), user, request)
                            .then(asked -> unlessBlocked(move.contacts().relation(user, asked.from()), asked.from())
                                    .then(_ -> accept(move, asked, called)));
                }));
    }

    public Outcome<FriendRequest> decline(long user, long request) {
        return journal.transact(tx -> {
            var move = new Move(tx, clock.millis());
            return pending(move.contacts(), user, request)
                    .then(asked -> move.answer(asked, FriendRequest.State.DECLINED, Body.NoticeEvent.FRIEND_DECLINED));
        });
    }

    /// Requests to and from the user, newest first.
    public List<FriendRequest> requests(long user) {
        return contacts.requests(user, MAX_REQUESTS);
    }

    public List<Friend> friends(long user) {
        return contacts.friends(user);
    }

    public Outcome<Friend> remark(long user, long friend, String remark) {
        return REMARK.check(remark)
                .then(called -> journal.transact(tx -> {
                    var edits = tx.on(Contacts.Edits.class);
                    var there = edits.friend(user, friend);
                    if (there.isEmpty()) {
                        return notFriends(friend);
                    }
                    edits.befriend(user, friend, called, clock.millis());
                    return Outcome.done(
                            new Friend(user, friend, called, there.get().since()));
                }));
    }

    /// Ends the friendship on both sides; the other one is told.
    public Outcome<Long> remove(long user, long friend) {
        return journal.transact(tx -> tx.on(Contacts.Edits.class).unfriend(user, friend)
                ? Notices.tell(
                        tx, friend, new Body.Notice(Body.NoticeEvent.FRIEND_REMOVED, user, 0, 0, null), clock.millis())
                : notFriends(friend));
    }

    public List<Long> blocks(long user) {
        return contacts.blocks(user);
    }

    /// The other one is not told. Repeating it does nothing.
    public Outcome<Long> block(long user, long other) {
        return journal.transact(tx -> {
            var edits = tx.on(Contacts.Edits.class);
            return somebodyElse(edits, user, other).map(_ -> {
                edits.block(user, other, clock.millis());
                return other;
            });
        });
    }

    public Outcome<Long> unblock(long user, long other) {
        return journal.transact(tx -> tx.on(Contacts.Edits.class).unblock(user, other)
                ? Outcome.done(other)
                : Outcome.rejected(ErrorCode.NOT_FOUND, "user: " + other + " is not blocked"));
    }

    /// A request that is refused later counts as well: it could be a search for who exists.
    private Outcome<Long> unlessTooFast(long user) {
        long waitMs = requestLimit.applyAsLong(user);
        return waitMs == 0
                ? Outcome.done(user)
                : Outcome.rejected(new Rejection(
                        ErrorCode.RATE_LIMITED, "too many friend requests; wait " + waitMs + " ms", waitMs));
    }

    private record Move(Transaction tx, long now) {
        Contacts.Edits contacts() {
            return tx.on(Contacts.Edits.class);
        }

        Outcome<FriendRequest> answer(FriendRequest asked, FriendRequest.State state, Body.NoticeEvent event) {
            contacts().answer(asked.id(), state, now);
            return Notices.tell(tx, asked.from(), new Body.Notice(event, asked.to(), 0, asked.id(), null), now)
                    .map(_ -> new FriendRequest(
                            asked.id(),
                            asked.from(),
                            asked.to(),
                            asked.message(),
                            asked.remark(),
                            state,
                            asked.createdAt(),
                            now));
        }
    }

    private static Outcome<FriendRequest> ask(Move move, long user, long to, String message, String remark) {
        var contacts = move.contacts();
        return somebodyElse(contacts, user, to)
                .then(relation -> unlessBlocked(relation, to))
                .then(relation -> {
                    if (relation.friends()) {
                        return Outcome.rejected(ErrorCode.CONFLICT, "user: " + to + " is your friend already");
                    }
                    var theirs = contacts.pending(to, user);
                    if (theirs.isPresent()) {
                        return accept(move, theirs.get(), remark);
                    }
                    return contacts.pending(user, to)
                            .<Outcome<FriendRequest>>map(mine -> Outcome.rejected(
                                    ErrorCode.CONFLICT,
                                    "user: " + to + " was asked already and has not answered request " + mine.id()))
                            .orElseGet(() -> newRequest(move, user, to, message, remark));
                });
    }

    private static Outcome<FriendRequest> newRequest(Move move, long user, long to, String message, String remark) {
        var request = move.contacts().request(user, to, message, remark, move.now());
        String text = message.isEmpty() ? null : message;
        var notice = new Body.Notice(Body.NoticeEvent.FRIEND_REQUEST, user, 0, request.id(), text);
        return Notices.tell(move.tx(), to, notice, move.now()).map(_ -> request);
    }

    private static Outcome<FriendRequest> accept(Move move, FriendRequest asked, String remark) {
        move.contacts().befriend(asked.from(), asked.to(), asked.remark(), move.now());
        move.contacts().befriend(asked.to(), asked.from(), remark, move.now());
        return move.answer(asked, FriendRequest.State.ACCEPTED, Body.NoticeEvent.FRIEND_ACCEPTED);
    }

    private static Outcome<FriendRequest> pending(Contacts contacts, long user, long request) {
        var asked = contacts.request(request).filter(there -> there.to() == user);
        if (asked.isEmpty()) {
            return Outcome.rejected(ErrorCode.NOT_FOUND, "request: none to you with id " + request);
        }
        return asked.get().state() == FriendRequest.State.PENDING
                ? Outcome.done(asked.get())
                : Outcome.rejected(ErrorCode.CONFLICT, "request: " + request + " is answered already");
    }

    private static Outcome<Relation> somebodyElse(Contacts contacts, long user, long other) {
        if (user == other) {
            return Outcome.rejected(ErrorCode.MALFORMED, "user: " + other + " is yourself (expected: somebody else)");
        }
        if (other < 1 || other > ConversationId.MAX_ID) {
            return noUser(other);
        }
        var relation = contacts.relation(user, other);
        return relation.exists() ? Outcome.done(relation) : noUser(other);
    }

    private static Outcome<Relation> unlessBlocked(Relation relation, long other) {
        return relation.blocks() || relation.blocked()
                ? Outcome.rejected(
                        ErrorCode.BLOCKED,
                        "user: " + (relation.blocks() ? "you have blocked " + other : other + " has blocked you"))
                : Outcome.done(relation);
    }

    private static <T> Outcome<T> noUser(long user) {
        return Outcome.rejected(ErrorCode.NOT_FOUND, "user: no user " + user);
    }

    private static <T> Outcome<T> notFriends(long friend) {
        return Outcome.rejected(ErrorCode.NOT_FOUND, "user: " + friend + " is not your friend");
    }
}

package io.magpie.core.message;

import io.magpie.core.contact.Contacts;
import io.magpie.core.contact.Relation;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.Member;
import io.magpie.core.conversation.Members;
import io.magpie.core.conversation.Role;
import io.magpie.core.file.FileRules;
import io.magpie.core.group.Groups;
import io.magpie.core.group.Standing;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Entry;
import io.magpie.core.log.EntryLog;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.outcome.Rejection;
import io.magpie.core.session.Permit;
import java.time.InstantSource;
import java.util.Optional;

/// Who may write where. Reads the store: blocks.
public final class MessageRules {
    private final Contacts contacts;
    private final Groups groups;
    private final Members members;
    private final EntryLog log;
    private final FileRules files;
    private final Moderation moderation;
    private final MessageSettings settings;
    private final InstantSource clock;

    public MessageRules(
            Contacts contacts,
            Groups groups,
            Members members,
            EntryLog log,
            FileRules files,
            Moderation moderation,
            MessageSettings settings,
            InstantSource clock) {
        this.members = members;
        this.log = log;
        this.files = files;
        this.moderation = moderation;
        this.contacts = contacts;
        this.groups = groups;
        this.settings = settings;
        this.clock = clock;
    }

    /// The refusal of the content, if it may not be said. Does not block.
    Optional<Rejection> objection(long user, Content content) {
        return moderation.allows(user, content)
                ? Optional.empty()
                : Optional.of(new Rejection(ErrorCode.REJECTED, "content: refused by moderation"));
    }

    /// The refusal of the content for a file it carries, which its author must be able to read.
    Optional<Rejection> objectionToFiles(long user, Content content) {
        return files.objection(user, content);
    }

    /// The permission to write, if there is one now.
    Outcome<Permit> mayWrite(long user, ConversationId conversation) {
        return switch (conversation.kind()) {
            case DIRECT -> direct(user, conversation);
            case GROUP ->
                groups.standing(conversation.group(), user)
                        .map(standing -> group(user, standing))
                        .orElseGet(() -> Outcome.rejected(ErrorCode.NOT_FOUND, "conversation: no such group"));
            case NOTICES -> Outcome.rejected(ErrorCode.FORBIDDEN, "conversation: only the server writes notices");
        };
    }

    /// Authors may recall for a while, admins of a group at any time.
    Outcome<Permit> mayRecall(long user, Entry message) {
        if (message.conversation().kind() == ConversationId.Kind.GROUP && isAdmin(user, message.conversation())) {
            return mayWrite(user, message.conversation());
        }
        return authorWithin(settings.recallWindowMs(), user, message);
    }

    /// Authors may edit for a while.
    Outcome<Permit> mayEdit(long user, Entry message) {
        return authorWithin(settings.editWindowMs(), user, message);
    }

    /// The message at `seq`, if the user sees it and it is not recalled.
    Outcome<Entry> message(long user, ConversationId conversation, long seq) {
        return visible(user, conversation, seq).then(entry -> {
            if (!(entry.body() instanceof Body.Message message)) {
                return Outcome.rejected(ErrorCode.NOT_FOUND, "seq: " + seq + " is not a message");
            }
            return message.recalled() == 0
                    ? Outcome.done(entry)
                    : Outcome.rejected(ErrorCode.CONFLICT, "seq: " + seq + " was recalled");
        });
    }

    /// The entry at `seq`, if the user sees it.
    Outcome<Entry> visible(long user, ConversationId conversation, long seq) {
        return members.find(conversation, user)
                .filter(member -> member.sees(seq))
                .flatMap(_ -> log.entry(conversation, seq))
                .map(Outcome::done)
                .orElseGet(() -> Outcome.rejected(ErrorCode.NOT_FOUND, "seq: no entry " + seq + " visible to you"));
    }

    private Outcome<Permit> authorWithin(long windowMs, long user, Entry message) {
        if (message.sender() != user) {
            return Outcome.rejected(ErrorCode.FORBIDDEN, "seq: " + message.seq() + " was written by somebody else");
        }
        long ageMs = clock.millis() - message.sentAt();
        return windowMs > 0 && ageMs > windowMs
                ? Outcome.rejected(
                        ErrorCode.FORBIDDEN,
                        "seq: " + message.seq() + " is " + ageMs + " ms old (expected: at most " + windowMs + ")")
                : mayWrite(user, message.conversation());
    }

    private boolean isAdmin(long user, ConversationId conversation) {
        return groups.standing(conversation.group(), user)
                .map(Standing::member)
                .filter(member -> member.current() && member.role().atLeast(Role.ADMIN))
                .isPresent();
    }

    private Outcome<Permit> direct(long user, ConversationId conversation) {
        if (!conversation.names(user)) {
            return Outcome.rejected(ErrorCode.NOT_MEMBER, "conversation: between two others");
        }
        long peer = conversation.peerOf(user);
        Relation relation = contacts.relation(user, peer);
        if (!relation.exists()) {
            return Outcome.rejected(ErrorCode.NOT_FOUND, "conversation: no user " + peer);
        }
        if (relation.blocks() || relation.blocked()) {
            return Outcome.rejected(
                    ErrorCode.BLOCKED, relation.blocks() ? "you have blocked this user" : "this user has blocked you");
        }
        if (settings.from() == MessageSettings.From.FRIENDS && peer != user && !relation.friends()) {
            return Outcome.rejected(ErrorCode.FORBIDDEN, "conversation: only friends may write to each other");
        }
        return Outcome.done(new Permit(relation.access(), 0, clock.millis()));
    }

    private Outcome<Permit> group(long user, Standing standing) {
        Member member = standing.member();
        if (member == null || !member.current()) {
            return Outcome.rejected(ErrorCode.NOT_MEMBER, "conversation: user " + user + " is not a member");
        }
        long groupMute =
                member.role().atLeast(Role.ADMIN) ? 0 : standing.group().mutedUntil();
        var permit = new Permit(standing.access(), Math.max(member.silencedUntil(), groupMute), clock.millis());
        long left = permit.silencedUntil() - clock.millis();
        return left > 0
                ? Outcome.rejected(new Rejection(ErrorCode.MUTED, "silenced until " + permit.silencedUntil(), left))
                : Outcome.done(permit);
    }
}

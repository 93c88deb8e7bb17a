package io.magpie.core.conversation;

import java.util.List;
import java.util.Optional;

/// The id of a conversation, computable by every client: `d.<low>.<high>` between two users, `g.<group>`, `n.<user>`
/// for a user's notices.
/// Only the canonical spelling exists: no leading zeros, no plus sign, the smaller user first. Immutable; the text is
/// kept because it is written far more
/// often than it is taken apart.
public final class ConversationId {
    public enum Kind {
        DIRECT,
        GROUP,
        NOTICES
    }

    /// Ids are JSON numbers, so they stay below 2^53.
    public static final long MAX_ID = (1L << 53) - 1;

    private final Kind kind;
    private final long first;
    private final long second;
    private final String text;

    private ConversationId(Kind kind, long first, long second, String text) {
        this.kind = kind;
        this.first = first;
        this.second = second;
        this.text = text;
    }

    public static ConversationId direct(long user, long other) {
        long low = Math.min(user, other);
        long high = Math.max(user, other);
        return new ConversationId(Kind.DIRECT, low, high, "d." + low + "." + high);
    }

    public static ConversationId group(long group) {
        return new ConversationId(Kind.GROUP, group, 0, "g." + group);
    }

    public static ConversationId notices(long user) {
        return new ConversationId(Kind.NOTICES, user, 0, "n." + user);
    }

    /// Empty unless `text` is the canonical spelling of an id.
    public static Optional<ConversationId> parse(String text) {
        if (text.length() < 3 || text.length() > 36 || text.charAt(1) != '.') {
            return Optional.empty();
        }
        return switch (text.charAt(0)) {
            case 'd' -> {
                int dot = text.indexOf('.', 2);
                long low = dot < 0 ? 0 : id(text, 2, dot);
                long high = dot < 0 ? 0 : id(text, dot + 1, text.length());
                yield low > 0 && high >= low
                        ? Optional.of(new ConversationId(Kind.DIRECT, low, high, text))
                        : Optional.empty();
            }
            case 'g' -> single(Kind.GROUP, text);
            case 'n' -> single(Kind.NOTICES, text);
            default -> Optional.empty();
        };
    }

    private static Optional<ConversationId> single(Kind kind, String text) {
        long id = id(text, 2, text.length());
        return id > 0 ? Optional.of(new ConversationId(kind, id, 0, text)) : Optional.empty();
    }

    /// The id between two positions, 0 if it is none.
    private static long id(String text, int from, int to) {
        if (from >= to || to - from > 16 || text.charAt(from) == '0') {
            return 0;
        }
        long id = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return 0;
            }
            id = id * 10 + (c - '0');
        }
        return id <= MAX_ID ? id : 0;
    }

    public Kind kind() {
        return kind;
    }

    /// The smaller user of a direct conversation.
    public long low() {
        return first;
    }

    /// The larger user of a direct conversation.
    public long high() {
        return second;
    }

    /// The group of a group conversation.
    public long group() {
        return first;
    }

    /// The owner of a notice feed.
    public long owner() {
        return first;
    }

    /// Whether `user` is one of the two of a direct conversation or the owner of the feed. Says nothing of groups.
    public boolean names(long user) {
        return kind != Kind.GROUP && (first == user || (kind == Kind.DIRECT && second == user));
    }

    /// Whom the id names: the two of a direct conversation, one if they are the same, or the owner of the feed. None
    /// for a group.
    public List<Long> users() {
        return switch (kind) {
            case DIRECT -> first == second ? List.of(first) : List.of(first, second);
            case NOTICES -> List.of(first);
            case GROUP -> List.of();
        };
    }

    /// The other one of a direct conversation; a user's notes to self have the user itself as peer.
    public long peerOf(long user) {
        return first == user ? second : first;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConversationId that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}

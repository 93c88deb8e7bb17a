package io.magpie.protocol.frame;

import tools.jackson.core.util.Named;

/// Every field name of the protocol; the wire name of `CLIENT_ID` is `clientId`. All other names are unknown and
/// skipped.
public enum Field implements Named {
    TYPE(true),
    ID(true),
    CONVERSATION(true),
    CLIENT_ID(true),
    CONTENT,
    KIND(true),
    TEXT,
    REPLY_TO(true),
    MENTIONS(true),
    PRIORITY(true),
    SEQ(true),
    TOKEN,
    DEVICE,
    PLATFORM(true),
    NAME,
    ACTIVE(true),
    EMOJI,
    AFTER(true),
    BEFORE(true),
    LIMIT(true),
    SINCE(true),
    CURSOR(true),
    USERS(true),
    USER(true),
    GROUP(true),
    FILE(true),
    WIDTH(true),
    HEIGHT(true),
    THUMBNAIL(true),
    BLURHASH,
    DURATION_MS(true),
    WAVEFORM,
    TRANSCRIPT,
    COVER(true),
    SIZE(true),
    MIME,
    PACK,
    LAT,
    LON,
    LABEL,
    SCHEMA,
    DATA,
    BODY,
    SENDER(true),
    SENT_AT(true),
    EDITED(true),
    RECALLED(true),
    TARGET(true),
    CHANGE(true),
    ROLE(true),
    UNTIL(true),
    NICKNAME,
    AVATAR,
    ANNOUNCEMENT,
    JOIN_POLICY(true),
    HISTORY_OPEN(true),
    MUTED_UNTIL(true),
    OWNER(true),
    EVENT(true),
    REQUEST(true),
    MESSAGE,
    CODE(true),
    RETRY_AFTER_MS(true),
    USER_ID(true),
    SESSION_ID(true),
    NODE,
    EPOCH,
    SERVER_TIME(true),
    HEARTBEAT_MS(true),
    MAX_FRAME_BYTES(true),
    DUPLICATE(true),
    UNREAD(true),
    ENTRIES,
    MORE(true),
    ITEMS,
    SYNCED_AT(true),
    STATES,
    ONLINE(true),
    PLATFORMS(true),
    LAST_SEEN_AT(true),
    CONVERSATIONS(true),
    REASON(true),
    RECONNECT_AFTER_MS(true),
    URL,
    TITLE,
    STATE(true),
    FIRST_SEQ(true),
    LAST_SEQ(true),
    READ_SEQ(true),
    MENTIONED(true),
    MUTED(true),
    PINNED(true),
    HIDDEN(true),
    LAST;

    private final String wireName;
    private final boolean quotable;

    Field() {
        this(false);
    }

    Field(boolean quotable) {
        this.wireName = camelCase(name());
        this.quotable = quotable;
    }

    /// The field of this wire name, which must be one.
    public static Field named(String wireName) {
        for (Field field : values()) {
            if (field.wireName.equals(wireName)) {
                return field;
            }
        }
        throw new IllegalArgumentException(wireName + " (expected: a field of the protocol)");
    }

    private static String camelCase(String name) {
        StringBuilder camel = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '_') {
                camel.append(name.charAt(++i));
            } else {
                camel.append(Character.toLowerCase(c));
            }
        }
        // Interned, because the name matcher of the parser compares by identity first.
        return camel.toString().intern();
    }

    @Override
    public String getName() {
        return wireName;
    }

    /// Whether a refusal may quote the value: never what people write to each other, never secrets.
    boolean quotable() {
        return quotable;
    }
}

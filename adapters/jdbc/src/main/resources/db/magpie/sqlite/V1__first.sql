-- Times are milliseconds since the Unix epoch, UTC. Texts ending in _key are lower-cased copies to search by.

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE account (
    id            INTEGER PRIMARY KEY,
    username      TEXT,
    username_key  TEXT,
    external_id   TEXT,
    password_hash TEXT,
    nickname      TEXT    NOT NULL,
    nickname_key  TEXT    NOT NULL,
    avatar        TEXT    NOT NULL,
    bio           TEXT    NOT NULL,
    created_at    INTEGER NOT NULL,
    last_seen_at  INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX account_username ON account (username_key);
CREATE UNIQUE INDEX account_external ON account (external_id);
CREATE INDEX account_nickname ON account (nickname_key);

-- AUTOINCREMENT: logins are deleted, and the id of an ended one must never name another.
CREATE TABLE login (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id      INTEGER NOT NULL,
    device_id    TEXT    NOT NULL,
    platform     TEXT    NOT NULL,
    device_name  TEXT    NOT NULL,
    token_hash   BLOB,
    created_at   INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX login_device ON login (user_id, device_id);
CREATE UNIQUE INDEX login_token ON login (token_hash);

CREATE TABLE friend (
    user_id   INTEGER NOT NULL,
    friend_id INTEGER NOT NULL,
    remark    TEXT    NOT NULL,
    since     INTEGER NOT NULL,
    PRIMARY KEY (user_id, friend_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE friend_request (
    id          INTEGER PRIMARY KEY,
    from_user   INTEGER NOT NULL,
    to_user     INTEGER NOT NULL,
    message     TEXT    NOT NULL,
    remark      TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    created_at  INTEGER NOT NULL,
    answered_at INTEGER NOT NULL
) STRICT;
CREATE INDEX friend_request_from ON friend_request (from_user, id);
CREATE INDEX friend_request_to ON friend_request (to_user, id);
CREATE INDEX friend_request_pair ON friend_request (from_user, to_user, state);

CREATE TABLE user_block (
    user_id    INTEGER NOT NULL,
    blocked_id INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, blocked_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE chat_group (
    id            INTEGER PRIMARY KEY,
    name          TEXT    NOT NULL,
    avatar        TEXT    NOT NULL,
    announcement  TEXT    NOT NULL,
    join_policy   TEXT    NOT NULL,
    password_hash TEXT,
    history_open  INTEGER NOT NULL,
    muted_until   INTEGER NOT NULL,
    owner_id      INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    dissolved_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE join_request (
    group_id   INTEGER NOT NULL,
    user_id    INTEGER NOT NULL,
    message    TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (group_id, user_id)
) STRICT, WITHOUT ROWID;

-- The head of each log. The integer key keeps the indexes of entry and member narrow.
CREATE TABLE conversation (
    id         INTEGER PRIMARY KEY,
    name       TEXT    NOT NULL,
    last_seq   INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    access     INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX conversation_name ON conversation (name);

-- Clustered by user: a sync reads one range. group_id is 0 for what is not a group.
CREATE TABLE member (
    user_id         INTEGER NOT NULL,
    conversation_id INTEGER NOT NULL,
    group_id        INTEGER NOT NULL,
    state           INTEGER NOT NULL,
    role            INTEGER NOT NULL,
    visible_from    INTEGER NOT NULL,
    visible_to      INTEGER NOT NULL,
    read_seq        INTEGER NOT NULL,
    delivered_seq   INTEGER NOT NULL,
    silenced_until  INTEGER NOT NULL,
    nickname        TEXT    NOT NULL,
    muted           INTEGER NOT NULL,
    pinned          INTEGER NOT NULL,
    hidden_seq      INTEGER NOT NULL,
    joined_at       INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    PRIMARY KEY (user_id, conversation_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_current ON member (conversation_id, state, user_id);
CREATE INDEX member_groups ON member (user_id, state, group_id);

-- The log. id is the commit order.
-- author is the sender where the entry counts as unread for others (-1 for the server), else 0.
CREATE TABLE entry (
    id              INTEGER PRIMARY KEY,
    conversation_id INTEGER NOT NULL,
    seq             INTEGER NOT NULL,
    author          INTEGER NOT NULL,
    sender          INTEGER NOT NULL,
    client_id       TEXT,
    sent_at         INTEGER NOT NULL,
    kind            INTEGER NOT NULL,
    body            BLOB    NOT NULL
) STRICT;

-- Indexes of entry, written behind it in large sorted parts: up to the id in meta's row 'indexed', which is absent
-- while nothing was moved. An index of the engine would write a random page for each message.
-- place is conversation_id << 32 | seq; unread is counted here alone.
CREATE TABLE entry_place (
    place    INTEGER PRIMARY KEY,
    entry_id INTEGER NOT NULL,
    author   INTEGER NOT NULL
) STRICT;

-- hash is conversation_id << 32 | 32 bits of sender and client_id; several entries may share one.
CREATE TABLE entry_repeat (
    hash     INTEGER NOT NULL,
    entry_id INTEGER NOT NULL,
    PRIMARY KEY (hash, entry_id)
) STRICT, WITHOUT ROWID;

-- Who a live message mentions; user 0 is everybody.
CREATE TABLE mention (
    conversation_id INTEGER NOT NULL,
    user_id         INTEGER NOT NULL,
    seq             INTEGER NOT NULL,
    author          INTEGER NOT NULL,
    PRIMARY KEY (conversation_id, user_id, seq)
) STRICT, WITHOUT ROWID;

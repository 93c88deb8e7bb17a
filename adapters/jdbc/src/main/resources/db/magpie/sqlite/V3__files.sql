-- Uploaded files. AUTOINCREMENT: files are deleted, and the id of a gone one must never name another.
-- hash is the SHA-256 of the bytes, their name in the file store. origin_id is the file a preview was made of, else 0.
CREATE TABLE file (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    owner_id    INTEGER NOT NULL,
    hash        TEXT    NOT NULL,
    size        INTEGER NOT NULL,
    name        TEXT    NOT NULL,
    kind        INTEGER NOT NULL,
    mime        TEXT    NOT NULL,
    width       INTEGER NOT NULL,
    height      INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    waveform    BLOB    NOT NULL,
    blurhash    TEXT,
    preview_id  INTEGER NOT NULL,
    origin_id   INTEGER NOT NULL,
    created_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX file_owner ON file (owner_id, origin_id, size);
CREATE INDEX file_hash ON file (hash);

-- The contents in the file store, and those about to come into it or to leave it.
CREATE TABLE file_content (
    hash       TEXT    PRIMARY KEY,
    size       INTEGER NOT NULL,
    brought_at INTEGER NOT NULL,
    condemned  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Which entries carry a file: messages and edits that still have their content.
CREATE TABLE file_use (
    file_id         INTEGER NOT NULL,
    conversation_id INTEGER NOT NULL,
    seq             INTEGER NOT NULL,
    PRIMARY KEY (file_id, conversation_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX file_use_place ON file_use (conversation_id, seq);

-- Whose picture a file is.
CREATE INDEX account_avatar ON account (avatar) WHERE avatar <> '';
CREATE INDEX chat_group_avatar ON chat_group (avatar) WHERE avatar <> '';

-- Uploaded files. hash is the SHA-256 of the bytes, their name in the file store. origin_id is the file a preview was
-- made of, else 0.
CREATE TABLE file (
    id          BIGINT       NOT NULL AUTO_INCREMENT,
    owner_id    BIGINT       NOT NULL,
    hash        VARCHAR(64)  NOT NULL,
    size        BIGINT       NOT NULL,
    name        VARCHAR(255) NOT NULL,
    kind        SMALLINT     NOT NULL,
    mime        VARCHAR(255) NOT NULL,
    width       INT          NOT NULL,
    height      INT          NOT NULL,
    duration_ms BIGINT       NOT NULL,
    waveform    BLOB         NOT NULL,
    blurhash    VARCHAR(255),
    preview_id  BIGINT       NOT NULL,
    origin_id   BIGINT       NOT NULL,
    created_at  BIGINT       NOT NULL,
    PRIMARY KEY (id),
    KEY file_owner (owner_id, origin_id, size),
    KEY file_hash (hash)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The contents in the file store, and those about to come into it or to leave it.
CREATE TABLE file_content (
    hash       VARCHAR(64) NOT NULL,
    size       BIGINT      NOT NULL,
    brought_at BIGINT      NOT NULL,
    condemned  SMALLINT    NOT NULL,
    PRIMARY KEY (hash)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Which entries carry a file: messages and edits that still have their content.
CREATE TABLE file_use (
    file_id         BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL,
    seq             BIGINT NOT NULL,
    PRIMARY KEY (file_id, conversation_id, seq),
    KEY file_use_place (conversation_id, seq)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Whose picture a file is.
CREATE INDEX account_avatar ON account (avatar(20));
CREATE INDEX chat_group_avatar ON chat_group (avatar(20));

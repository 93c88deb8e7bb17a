-- Times are milliseconds since the Unix epoch, UTC. Texts ending in _key are lower-cased copies to search by.
-- What is compared is kept as bytes: every collation that MySQL and MariaDB share takes 'a' and 'a ' for the same.

CREATE TABLE meta (
    name  VARCHAR(64)  NOT NULL,
    value VARCHAR(255) NOT NULL,
    PRIMARY KEY (name)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE account (
    id            BIGINT         NOT NULL AUTO_INCREMENT,
    username      VARCHAR(64),
    username_key  VARBINARY(255),
    external_id   VARBINARY(1020),
    password_hash VARCHAR(255),
    nickname      VARCHAR(255)   NOT NULL,
    nickname_key  VARBINARY(1020) NOT NULL,
    avatar        VARCHAR(1024)  NOT NULL,
    bio           VARCHAR(1024)  NOT NULL,
    created_at    BIGINT         NOT NULL,
    last_seen_at  BIGINT         NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY account_username (username_key),
    UNIQUE KEY account_external (external_id),
    KEY account_nickname (nickname_key)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE login (
    id           BIGINT         NOT NULL AUTO_INCREMENT,
    user_id      BIGINT         NOT NULL,
    device_id    VARBINARY(255) NOT NULL,
    platform     VARCHAR(32)    NOT NULL,
    device_name  VARCHAR(255)   NOT NULL,
    token_hash   VARBINARY(64),
    created_at   BIGINT         NOT NULL,
    last_seen_at BIGINT         NOT NULL,
    expires_at   BIGINT         NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY login_device (user_id, device_id),
    UNIQUE KEY login_token (token_hash),
    KEY login_expiry (expires_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE friend (
    user_id   BIGINT       NOT NULL,
    friend_id BIGINT       NOT NULL,
    remark    VARCHAR(255) NOT NULL,
    since     BIGINT       NOT NULL,
    PRIMARY KEY (user_id, friend_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE friend_request (
    id          BIGINT        NOT NULL AUTO_INCREMENT,
    from_user   BIGINT        NOT NULL,
    to_user     BIGINT        NOT NULL,
    message     VARCHAR(1024) NOT NULL,
    remark      VARCHAR(255)  NOT NULL,
    state       VARCHAR(32)   NOT NULL,
    created_at  BIGINT        NOT NULL,
    answered_at BIGINT        NOT NULL,
    PRIMARY KEY (id),
    KEY friend_request_from (from_user, id),
    KEY friend_request_to (to_user, id),
    KEY friend_request_pair (from_user, to_user, state),
    KEY friend_request_answered (answered_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE user_block (
    user_id    BIGINT NOT NULL,
    blocked_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, blocked_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE chat_group (
    id            BIGINT        NOT NULL AUTO_INCREMENT,
    name          VARCHAR(255)  NOT NULL,
    avatar        VARCHAR(1024) NOT NULL,
    announcement  TEXT          NOT NULL,
    join_policy   VARCHAR(32)   NOT NULL,
    password_hash VARCHAR(255),
    history_open  SMALLINT      NOT NULL,
    muted_until   BIGINT        NOT NULL,
    owner_id      BIGINT        NOT NULL,
    created_at    BIGINT        NOT NULL,
    dissolved_at  BIGINT        NOT NULL,
    PRIMARY KEY (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE join_request (
    group_id   BIGINT        NOT NULL,
    user_id    BIGINT        NOT NULL,
    message    VARCHAR(1024) NOT NULL,
    created_at BIGINT        NOT NULL,
    PRIMARY KEY (group_id, user_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The head of each log. Whoever changes a conversation's log or members locks its row first. writer is the
-- incarnation of the node that committed its newest entry.
CREATE TABLE conversation (
    id         BIGINT        NOT NULL AUTO_INCREMENT,
    name       VARBINARY(64) NOT NULL,
    last_seq   BIGINT        NOT NULL,
    updated_at BIGINT        NOT NULL,
    access     BIGINT        NOT NULL,
    first_seq  BIGINT        NOT NULL DEFAULT 1,
    trimmed_at BIGINT        NOT NULL DEFAULT 0,
    writer     BIGINT        NOT NULL DEFAULT 0,
    PRIMARY KEY (id),
    UNIQUE KEY conversation_name (name)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Clustered by user: a sync reads one range. group_id is 0 for what is not a group.
CREATE TABLE member (
    user_id         BIGINT       NOT NULL,
    conversation_id BIGINT       NOT NULL,
    group_id        BIGINT       NOT NULL,
    state           SMALLINT     NOT NULL,
    role            SMALLINT     NOT NULL,
    visible_from    BIGINT       NOT NULL,
    visible_to      BIGINT       NOT NULL,
    read_seq        BIGINT       NOT NULL,
    delivered_seq   BIGINT       NOT NULL,
    silenced_until  BIGINT       NOT NULL,
    nickname        VARCHAR(255) NOT NULL,
    muted           SMALLINT     NOT NULL,
    pinned          SMALLINT     NOT NULL,
    hidden_seq      BIGINT       NOT NULL,
    joined_at       BIGINT       NOT NULL,
    updated_at      BIGINT       NOT NULL,
    PRIMARY KEY (user_id, conversation_id),
    KEY member_current (conversation_id, state, user_id),
    KEY member_groups (user_id, state, group_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The log, clustered by conversation: history is one range. id is about the commit order, see decision 65.
-- author is the sender where the entry counts as unread for others (-1 for the server), else 0.
CREATE TABLE entry (
    conversation_id BIGINT     NOT NULL,
    seq             BIGINT     NOT NULL,
    id              BIGINT     NOT NULL AUTO_INCREMENT,
    author          BIGINT     NOT NULL,
    sender          BIGINT     NOT NULL,
    client_id       VARBINARY(64),
    sent_at         BIGINT     NOT NULL,
    kind            SMALLINT   NOT NULL,
    body            MEDIUMBLOB NOT NULL,
    PRIMARY KEY (conversation_id, seq),
    UNIQUE KEY entry_id (id),
    UNIQUE KEY entry_repeat (conversation_id, sender, client_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Who a live message mentions; user 0 is everybody.
CREATE TABLE mention (
    conversation_id BIGINT NOT NULL,
    user_id         BIGINT NOT NULL,
    seq             BIGINT NOT NULL,
    author          BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, user_id, seq),
    KEY mention_entry (conversation_id, seq)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

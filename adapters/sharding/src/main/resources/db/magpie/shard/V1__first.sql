-- One of the databases that hold the entries of the log: those of the conversations whose keys leave the same rest.

-- 'place' is which of how many this is, 'epoch' the store it belongs to; 'number', in the first one only, the last
-- number that was given to an entry of any of them.
CREATE TABLE shard (
    name   VARCHAR(32) NOT NULL,
    value  VARCHAR(64) NOT NULL DEFAULT '',
    number BIGINT      NOT NULL DEFAULT 0,
    PRIMARY KEY (name)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT INTO shard (name) VALUES ('number');

-- Clustered by conversation: history is one range. author is the sender where the entry counts as unread for others
-- (-1 for the server), else 0. next_by is 0, or the number of the entry whose commit makes this one what next_… say.
CREATE TABLE entry (
    conversation_id BIGINT     NOT NULL,
    seq             BIGINT     NOT NULL,
    number          BIGINT     NOT NULL,
    author          BIGINT     NOT NULL,
    sender          BIGINT     NOT NULL,
    client_id       VARBINARY(64),
    sent_at         BIGINT     NOT NULL,
    kind            SMALLINT   NOT NULL,
    body            MEDIUMBLOB NOT NULL,
    next_by         BIGINT     NOT NULL DEFAULT 0,
    next_author     BIGINT     NOT NULL DEFAULT 0,
    next_body       MEDIUMBLOB,
    PRIMARY KEY (conversation_id, seq),
    UNIQUE KEY entry_number (number),
    UNIQUE KEY entry_repeat (conversation_id, sender, client_id),
    KEY entry_next (next_by, conversation_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

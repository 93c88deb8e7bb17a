-- What of a log is kept, and how what is over is found.

ALTER TABLE conversation ADD COLUMN first_seq INTEGER NOT NULL DEFAULT 1;
ALTER TABLE conversation ADD COLUMN trimmed_at INTEGER NOT NULL DEFAULT 0;

CREATE INDEX login_expiry ON login (expires_at);
CREATE INDEX friend_request_answered ON friend_request (answered_at) WHERE answered_at > 0;

package io.magpie.adapter.jdbc.database;

/// How long what may wait. A transaction that a dead or frozen node left open holds its rows for [#IDLE_S] at most,
/// so others wait for a row a little longer; both are less than the ten seconds by which the reconciler looks back.
final class Timeouts {
    /// For a connection to the database, and for a free one in the pool.
    static final int CONNECT_MS = 5_000;

    /// For an answer, on the client's side: also ends what waits for a machine that is gone.
    static final int ANSWER_MS = 10_000;

    /// For a row that somebody else has.
    static final int ROW_S = 7;

    /// For the next statement of a transaction.
    static final int IDLE_S = 6;

    private Timeouts() {}
}

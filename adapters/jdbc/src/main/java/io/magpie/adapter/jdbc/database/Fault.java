package io.magpie.adapter.jdbc.database;

/// What an error of a database means.
enum Fault {
    /// Another transaction was in the way: the same work succeeds when it is begun anew.
    AGAIN,
    /// A row with this key came in the meantime: begun anew, the work sees it.
    TAKEN,
    /// The database cannot serve now, or the connection is of no use any more.
    UNAVAILABLE,
    /// A fault of ours.
    OURS
}

package io.magpie.engines;

/// How long an engine lives and its data stay.
enum Lifetime {
    /// Ends with the JVM, the folder goes with it.
    TEMPORARY,
    /// Ends with the JVM, the folder stays.
    OF_THE_JVM,
    /// Both stay.
    DETACHED
}

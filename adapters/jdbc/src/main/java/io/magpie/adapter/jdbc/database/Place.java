package io.magpie.adapter.jdbc.database;

/// Where an entry is: the conversation's key and the seq.
record Place(long key, long seq) {}

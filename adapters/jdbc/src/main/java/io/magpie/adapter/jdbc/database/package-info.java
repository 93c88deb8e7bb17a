/// What all server databases have in common, and their differences in [io.magpie.adapter.jdbc.database.Dialect]:
/// pools of connections, transactions that are tried again, and a log that many nodes append to.
@NullMarked
package io.magpie.adapter.jdbc.database;

import org.jspecify.annotations.NullMarked;

/// Core's ports in SQL that every supported engine understands. Knows neither engine nor transactions: where a
/// statement runs is decided by the [io.magpie.adapter.jdbc.sql.Source] a repository is given.
@NullMarked
package io.magpie.adapter.jdbc.sql;

import org.jspecify.annotations.NullMarked;

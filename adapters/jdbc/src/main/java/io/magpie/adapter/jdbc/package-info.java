/// The stores behind JDBC. What other rooms use is here; SQL that any engine understands is in `sql`, what is
/// SQLite's own in `sqlite`.
@NullMarked
package io.magpie.adapter.jdbc;

import org.jspecify.annotations.NullMarked;

/// What is SQLite's own: the data folder, connections, the single writer, errors.
@NullMarked
package io.magpie.adapter.jdbc.sqlite;

import org.jspecify.annotations.NullMarked;

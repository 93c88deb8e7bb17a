/// What is SQLite's own: the data folder, connections, the single writer, errors, and a log whose index is partly in
/// memory.
@NullMarked
package io.magpie.adapter.jdbc.sqlite;

import org.jspecify.annotations.NullMarked;

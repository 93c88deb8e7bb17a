/// The entries of the log in several databases, through ShardingSphere-JDBC.
@NullMarked
package io.magpie.adapter.sharding;

import org.jspecify.annotations.NullMarked;

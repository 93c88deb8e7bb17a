/// The entries of the log in MongoDB.
@NullMarked
package io.magpie.adapter.mongo;

import org.jspecify.annotations.NullMarked;

/// The log of a conversation: entries, the port that stores them, the group commit in front of it.
@NullMarked
package io.magpie.core.log;

import org.jspecify.annotations.NullMarked;

/// Conversations and the people in them.
@NullMarked
package io.magpie.core.conversation;

import org.jspecify.annotations.NullMarked;

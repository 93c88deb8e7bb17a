/// What a device remembers of its conversations, and what it still has to send.
@NullMarked
package io.magpie.client.copy;

import org.jspecify.annotations.NullMarked;

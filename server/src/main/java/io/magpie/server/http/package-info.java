/// The HTTP API: who asks, what they may ask, and how errors look.
@NullMarked
package io.magpie.server.http;

import org.jspecify.annotations.NullMarked;

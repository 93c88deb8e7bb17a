/// The runnable server: what is wired to what, and how it starts and stops.
@NullMarked
package io.magpie.server;

import org.jspecify.annotations.NullMarked;

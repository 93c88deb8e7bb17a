/// A Magpie client for the JVM: stays connected, keeps a local copy, sends what was written offline, and
/// tells a listener what happens, in order. [MagpieClient] is the entrance.
@NullMarked
package io.magpie.client;

import org.jspecify.annotations.NullMarked;

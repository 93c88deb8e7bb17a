/// Faults sown into the server's wiring, each a profile that only `VerifyCatchesIT` activates: they prove that the
/// checker of histories finds what they break. Nothing of this is in the server's own jar.
@NullMarked
package io.magpie.server;

import org.jspecify.annotations.NullMarked;

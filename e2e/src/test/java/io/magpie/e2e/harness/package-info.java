/// What the tests of this module drive a server with: the server as a process, and clients that speak the wire format
/// by themselves, so that an error in the product's own client cannot hide one in the server.
@NullMarked
package io.magpie.e2e.harness;

import org.jspecify.annotations.NullMarked;

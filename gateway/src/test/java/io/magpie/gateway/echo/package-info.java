/// Small servers on the Engine.IO and Socket.IO layers: what the official conformance suites expect of one. Not part
/// of the product; `./magpie dev` starts them.
@NullMarked
package io.magpie.gateway.echo;

import org.jspecify.annotations.NullMarked;

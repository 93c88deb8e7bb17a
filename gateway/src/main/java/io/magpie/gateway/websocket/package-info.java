/// What RFC 6455 asks of a server beyond what Netty's frame decoder does: the answer to the handshake, and frames
/// that many receivers can share.
@NullMarked
package io.magpie.gateway.websocket;

import org.jspecify.annotations.NullMarked;

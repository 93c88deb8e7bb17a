/// The only Netty server: sockets in, commands to [io.magpie.core.session.CommandHandler], bytes out. A
/// connection lives on one event loop, its lane, and everything about it happens there.
@NullMarked
package io.magpie.gateway;

import org.jspecify.annotations.NullMarked;

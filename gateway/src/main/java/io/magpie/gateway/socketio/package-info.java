/// Socket.IO, protocol revision 5, over sessions of [io.magpie.gateway.engineio]: packets, namespaces and
/// acknowledgements in both directions. It knows events by name and arguments as JSON, and nothing of what they mean.
@NullMarked
package io.magpie.gateway.socketio;

import org.jspecify.annotations.NullMarked;

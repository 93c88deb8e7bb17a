/// The chat dialect for Socket.IO clients: its events and acknowledgements as JSON, to and from commands, replies and
/// pushes. What carries them is not known here.
@NullMarked
package io.magpie.protocol.socketio;

import org.jspecify.annotations.NullMarked;

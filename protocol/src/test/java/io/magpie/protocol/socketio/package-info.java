@NullMarked
package io.magpie.protocol.socketio;

import org.jspecify.annotations.NullMarked;

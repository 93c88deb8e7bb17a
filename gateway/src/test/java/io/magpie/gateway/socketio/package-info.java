@NullMarked
package io.magpie.gateway.socketio;

import org.jspecify.annotations.NullMarked;

package io.magpie.core.cluster;

/// A node as the others see it.
///
/// @param id stable name of the node
/// @param incarnation see [Incarnation]; what an earlier incarnation left behind does not count
/// @param websocket address a client can connect to, as in `ws://host:port/ws`
/// @param tcp `host:port`, empty while there is none
/// @param load live sessions
public record Node(String id, long incarnation, State state, String websocket, String tcp, String socketio, long load) {
    public enum State {
        STARTING,
        UP,
        DRAINING
    }

    public Incarnation life() {
        return new Incarnation(id, incarnation);
    }
}

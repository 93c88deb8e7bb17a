package io.magpie.bench.reference;

import java.io.IOException;

/// How a reference and the bench that started it agree on beginning and end.
final class Ready {
    private Ready() {}

    static void print(int port) {
        System.out.println("ready realtime=127.0.0.1:" + port);
    }

    /// The bench closes our input when it is done with us, also when it dies.
    static void awaitEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            // Nothing is ever said.
        }
    }
}

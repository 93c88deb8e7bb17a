package io.magpie.client;

import io.magpie.client.copy.LocalCopy;
import io.magpie.client.copy.MemoryCopy;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.device.Device;
import io.magpie.core.device.Platform;
import java.net.URI;
import java.util.List;
import java.util.stream.LongStream;

/// One client of a model server, in virtual time.
final class ClientFixture {
    static final ConversationId ALICE = ConversationId.direct(ModelServer.ME, 9);
    static final ConversationId TEAM = ConversationId.group(3);
    static final ConversationId BOB = ConversationId.direct(ModelServer.ME, 8);

    final VirtualTime time = new VirtualTime();
    final ModelServer server = new ModelServer(time);
    final Recorder recorder = new Recorder();
    final ClientSettings settings =
            ClientSettings.of(URI.create("ws://127.0.0.1:1/ws"), "t", new Device("d1", Platform.BOT, ""));

    MagpieClient open(CatchUp catchUp) {
        return open(catchUp, new MemoryCopy());
    }

    MagpieClient open(CatchUp catchUp, LocalCopy copy) {
        return MagpieClient.open(time.runtime(server, 42), settings.with(catchUp), copy, recorder);
    }

    /// Until the client is online and nothing is on its way.
    void settle() {
        time.advance(120_000);
    }

    static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }
}

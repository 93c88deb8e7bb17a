package io.magpie.bench.replay;

import io.magpie.bench.check.DeviceRecord;
import io.magpie.bench.check.Digest;
import io.magpie.client.CatchUp;
import io.magpie.client.ClientEvent;
import io.magpie.client.ClientRuntime;
import io.magpie.client.ClientSettings;
import io.magpie.client.ConnectionState;
import io.magpie.client.MagpieClient;
import io.magpie.client.copy.MemoryCopy;
import io.magpie.core.command.Command;
import io.magpie.core.command.Reply;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.device.Device;
import io.magpie.core.device.Platform;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Entry;
import io.magpie.core.log.Mentions;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// A user with one live connection through the client library; writes down every entry of a group that it is told.
final class Attendee implements AutoCloseable {
    /// What is checked is written down here, so the client's own copy may be small.
    private static final int KEPT_BY_CLIENT = 16;

    /// Told of each message that arrives, on the attendee's own lane.
    interface Arrivals {
        /// @param own whether the attendee sent it
        void arrived(ConversationId group, String clientId, boolean own);
    }

    private final CompletableFuture<Long> user = new CompletableFuture<>();
    private final DeviceRecord record;
    private final Arrivals arrivals;
    private final MagpieClient client;

    Attendee(
            ClientRuntime runtime,
            Supplier<CompletableFuture<URI>> address,
            String token,
            DeviceRecord record,
            Arrivals arrivals) {
        this.record = record;
        this.arrivals = arrivals;
        ClientSettings settings = ClientSettings.of(address, token, new Device("replay", Platform.BOT, ""))
                .with(CatchUp.ALL);
        this.client = MagpieClient.open(runtime, settings, new MemoryCopy(KEPT_BY_CLIENT), this::heard);
    }

    /// Completes with the user's id once the device is online.
    CompletableFuture<Long> user() {
        return user;
    }

    CompletableFuture<Reply.Sent> say(ConversationId group, String clientId, String text) {
        return client.send(
                new Command.Send(group, clientId, new Content.Text(text), 0, Mentions.NONE, Command.Priority.NORMAL));
    }

    private void heard(ClientEvent event) {
        switch (event) {
            case ClientEvent.ConnectionChanged(ConnectionState.Online online) ->
                user.complete(online.welcome().userId());
            case ClientEvent.ConnectionChanged(ConnectionState.Ended ended) ->
                user.completeExceptionally(new IllegalStateException(ended.cause() + ": " + ended.message()));
            case ClientEvent.EntryAdded(Entry entry) -> entry(entry);
            default -> {}
        }
    }

    private void entry(Entry entry) {
        ConversationId conversation = entry.conversation();
        if (conversation.kind() != ConversationId.Kind.GROUP) {
            return;
        }
        String clientId = entry.clientId();
        if (clientId != null
                && entry.body() instanceof Body.Message(Content.Text(String text), var _, var _, var _, var _)) {
            record.received(conversation.toString(), entry.seq(), Digest.of(entry.sender(), clientId, text));
            arrivals.arrived(conversation, clientId, user.getNow(0L) == entry.sender());
        } else {
            record.received(conversation.toString(), entry.seq(), Digest.NONE);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}

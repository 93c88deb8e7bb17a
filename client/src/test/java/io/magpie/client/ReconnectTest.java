package io.magpie.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.client.ConnectionState.Cause;
import io.magpie.client.copy.MemoryCopy;
import io.magpie.core.command.Command;
import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.core.log.Content;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Rejection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReconnectTest {
    private final ClientFixture fixture = new ClientFixture();
    private final ModelServer server = fixture.server;

    @Test
    void comesOnlineAndSaysSoStepByStep() {
        fixture.open(CatchUp.ALL);
        fixture.time.advance(1000);
        assertThat(fixture.recorder.all(ClientEvent.ConnectionChanged.class))
                .extracting(changed -> changed.state().getClass().getSimpleName())
                .containsExactly("Connecting", "Synchronizing", "Online");
        assertThat(fixture.recorder.all(ClientEvent.CaughtUp.class)).hasSize(1);
    }

    @Test
    void answersAPingOfTheServer() {
        server.codec = ModelServer.PROTOBUF;
        fixture.open(CatchUp.ALL);
        fixture.time.advance(1000);
        assertThat(server.heard).doesNotContain(new Command.Ping());
        server.links.getLast().later(ModelServer.PROTOBUF.encodePing());
        fixture.time.advance(1000);
        assertThat(server.heard).containsOnlyOnce(new Command.Ping());
        assertThat(fixture.recorder.state()).isInstanceOf(ConnectionState.Online.class);
    }

    @Test
    void waitsLongerAfterEachFailureUpToTheBound() {
        server.up = false;
        fixture.open(CatchUp.ALL);
        fixture.time.advance(600_000);
        List<Long> waits = new ArrayList<>();
        long from = 0;
        for (ClientEvent.ConnectionChanged changed : fixture.recorder.all(ClientEvent.ConnectionChanged.class)) {
            if (changed.state() instanceof ConnectionState.Waiting(String _, long retryAt)) {
                waits.add(retryAt - from);
                from = retryAt;
            }
        }
        List<Long> waited = waits.subList(1, waits.size());
        assertThat(waited).allMatch(wait -> wait <= 30_002).anyMatch(wait -> wait > 5_000);
        assertThat(waited.getFirst()).isLessThanOrEqualTo(2_002);
        server.up = true;
        fixture.time.advance(60_000);
        assertThat(fixture.recorder.state()).isInstanceOf(ConnectionState.Online.class);
    }

    @Test
    void aConnectionThatAnswersNothingIsDropped() {
        fixture.open(CatchUp.ALL);
        fixture.time.advance(1000);
        server.silent = true;
        fixture.time.advance(30_000);
        assertThat(server.links.getFirst().closed).isTrue();
        server.silent = false;
        fixture.time.advance(60_000);
        assertThat(fixture.recorder.state()).isInstanceOf(ConnectionState.Online.class);
    }

    @Test
    void pingsBeforeTheServerHearsSilenceForAHeartbeat() {
        server.heartbeatMs = 4_000;
        fixture.open(CatchUp.ALL);
        fixture.time.advance(40_000);
        assertThat(server.links).hasSize(1);
        assertThat(server.heard.stream().filter(Command.Ping.class::isInstance)).hasSizeBetween(15, 25);
    }

    @ParameterizedTest
    @EnumSource(
            value = Event.Bye.Reason.class,
            names = {"LOGGED_OUT", "REPLACED"})
    void stopsWhenTheServerSaysThatTheSessionIsOver(Event.Bye.Reason reason) {
        fixture.open(CatchUp.ALL);
        fixture.time.advance(1000);
        server.link().push(new Event.Bye(reason));
        fixture.time.advance(100);
        server.link().cut();
        fixture.settle();
        Cause cause = reason == Event.Bye.Reason.REPLACED ? Cause.REPLACED : Cause.LOGGED_OUT;
        assertThat(fixture.recorder.state()).isEqualTo(new ConnectionState.Ended(cause, "cut"));
        assertThat(server.links).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Event.Bye.Reason.class,
            names = {"LOGGED_OUT", "REPLACED"},
            mode = EnumSource.Mode.EXCLUDE)
    void goesWhereAndWhenTheServerSays(Event.Bye.Reason reason) {
        fixture.open(CatchUp.ALL);
        fixture.time.advance(10_000);
        server.link().push(new Event.Bye(reason, 7_000, "ws://other:1/ws"));
        fixture.time.advance(100);
        server.link().cut();
        fixture.time.advance(6_999);
        assertThat(server.addresses).hasSize(1);
        fixture.time.advance(1_000);
        assertThat(server.addresses).last().isEqualTo(URI.create("ws://other:1/ws"));
        assertThat(fixture.recorder.state()).isInstanceOf(ConnectionState.Online.class);
    }

    @Test
    void stopsWhenTheTokenIsNoLongerGood() {
        server.script = command -> command instanceof Command.Hello
                ? new Reply.Failed(new Rejection(ErrorCode.UNAUTHENTICATED, "token: unknown"))
                : null;
        fixture.open(CatchUp.ALL);
        fixture.settle();
        assertThat(fixture.recorder.state())
                .isInstanceOfSatisfying(
                        ConnectionState.Ended.class,
                        ended -> assertThat(ended.cause()).isEqualTo(Cause.UNAUTHENTICATED));
        assertThat(server.links).hasSize(1);
    }

    @Test
    void anotherEpochDropsTheCopyAndKeepsTheOutbox() {
        MemoryCopy copy = new MemoryCopy();
        MagpieClient client = fixture.open(CatchUp.ALL, copy);
        server.store(ClientFixture.ALICE, 9, null, ModelServer.text("old"));
        fixture.time.advance(1_000);
        server.up = false;
        server.link().cut();
        var sent = client.send(ClientFixture.ALICE, new Content.Text("mine"));
        fixture.time.advance(10);
        server.epoch = "e2";
        server.logs.clear();
        server.up = true;
        fixture.settle();
        assertThat(fixture.recorder.all(ClientEvent.HistoryReset.class)).hasSize(1);
        assertThat(sent).isCompletedWithValueMatching(done -> done.seq() == 1);
        assertThat(fixture.recorder.seqs(ClientFixture.ALICE)).containsExactly(1L);
        assertThat(copy.owner())
                .hasValueSatisfying(owner -> assertThat(owner.epoch()).isEqualTo("e2"));
    }

    @Test
    void watchedUsersAndReceivedAreToldAgainAfterAReconnect() {
        MagpieClient client = fixture.open(CatchUp.ALL);
        client.watch(List.of(9L));
        fixture.time.advance(1_000);
        server.commit(ClientFixture.ALICE, 9, ModelServer.text("hello"));
        fixture.time.advance(1_000);
        server.heard.clear();
        server.link().cut();
        fixture.settle();
        assertThat(server.heard)
                .contains(new Command.Presence(List.of(9L)), new Command.Received(ClientFixture.ALICE, 1));
    }
}

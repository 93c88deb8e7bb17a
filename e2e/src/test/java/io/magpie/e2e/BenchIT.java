package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.bench.load.Figure;
import io.magpie.bench.load.Measured;
import io.magpie.bench.scenario.Backlog;
import io.magpie.bench.scenario.Day;
import io.magpie.bench.scenario.Idle;
import io.magpie.bench.scenario.Login;
import io.magpie.bench.scenario.Scenario;
import io.magpie.bench.scenario.Steady;
import io.magpie.bench.scenario.Turn;
import io.magpie.bench.target.MagpieProcess;
import io.magpie.bench.target.MagpieServer;
import io.magpie.bench.target.PasswordAccounts;
import io.magpie.bench.target.Prefill;
import io.magpie.bench.target.Transport;
import io.magpie.bench.wire.LoadClient;
import io.magpie.e2e.harness.Node;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every scenario of the load generator, for a moment and with few people, against the real server.
class BenchIT {
    private static final int USERS = 12;

    @TempDir
    Path folder;

    private MagpieProcess process() {
        return new MagpieProcess(
                Node.launcher(List.of()),
                folder.resolve("data"),
                MagpieProcess.wideLimits(),
                folder.resolve("server.log"),
                new Random(),
                InstantSource.system());
    }

    private static Measured run(MagpieServer server, Scenario scenario, int devices, boolean kill)
            throws InterruptedException {
        try (LoadClient client = new LoadClient(2)) {
            Turn.Size size = new Turn.Size(USERS, devices, 100, 2, 35);
            return scenario.run(server, new Turn(size, 1, true, 0, kill, client, _ -> {}));
        }
    }

    private static Scenario scenario(String name) {
        return switch (name) {
            case "one-to-one" -> Steady.oneToOne(4);
            case "fanout" -> Steady.fanOut(3, 2);
            case "rate" -> Steady.rate(300);
            case "idle" -> new Idle(4, 3, 2, 5, 0);
            case "login" -> new Login(4, 2, 5, false);
            case "login-fresh" -> new Login(4, 2, 5, true);
            case "backlog" -> new Backlog(10, 2);
            default -> new Day(200);
        };
    }

    private static void assertClean(Measured measured) {
        assertThat(measured.complaint()).isNull();
        assertThat(measured.counts().lost()).as("lost").isZero();
        assertThat(measured.counts().duplicate()).as("doubled").isZero();
        assertThat(measured.clean()).as(measured.toString()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"one-to-one", "fanout", "rate", "login", "login-fresh", "backlog", "mixed"})
    void nothingIsLost(String name) throws Exception {
        try (MagpieServer server = MagpieServer.start(process(), Transport.JSON, "", InstantSource.system())) {
            Measured measured = run(server, scenario(name), 1, false);
            assertClean(measured);
            assertThat(measured.counts().received()).isPositive();
            assertThat(measured.figure(Figure.CPU_PER_MILLION)).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void everyTransportCarriesTheLoadAndIsWeighed(Transport transport) throws Exception {
        try (MagpieServer server = MagpieServer.start(process(), transport, "", InstantSource.system())) {
            Measured measured = run(server, scenario("one-to-one"), 1, false);
            assertClean(measured);
            assertThat(measured.counts().received()).isEqualTo(measured.counts().acknowledged());
            assertThat(run(server, scenario("idle"), 1, false).figures()).containsKey(Figure.KB_PER_CONNECTION);
        }
    }

    @ParameterizedTest
    @CsvSource({"one-to-one, 3", "fanout, 23"})
    void everyDeviceGetsEverything(String name, int deliveries) throws Exception {
        try (MagpieServer server = MagpieServer.start(process(), Transport.JSON, "", InstantSource.system())) {
            Measured measured = run(server, scenario(name), 2, false);
            assertClean(measured);
            assertThat(measured.counts().received()).isEqualTo(measured.counts().acknowledged() * deliveries);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"one-to-one", "mixed"})
    void aDeathLosesNothingAndDoublesNothing(String name) throws Exception {
        try (MagpieServer server = MagpieServer.start(process(), Transport.JSON, "", InstantSource.system())) {
            Measured measured = run(server, scenario(name), 1, true);
            assertClean(measured);
            assertThat(measured.counts().received()).isPositive();
        }
    }

    @Test
    void aServerWithAPastServesThePresent() throws Exception {
        Prefill.run(folder.resolve("data"), USERS, 3000, _ -> {});
        try (MagpieServer server = MagpieServer.start(process(), Transport.JSON, "-stored", InstantSource.system())) {
            Measured measured = run(server, scenario("one-to-one"), 1, false);
            assertClean(measured);
            assertThat(measured.server()).isEqualTo("magpie-stored");
        }
    }

    @Test
    void aServerOfSomebodyElseIsLoadedByPeopleWhoRegister() throws Exception {
        try (var running = process().start()) {
            PasswordAccounts accounts = new PasswordAccounts(running.http());
            accounts.prepare(USERS);
            for (Transport transport : List.of(Transport.JSON, Transport.TCP)) {
                try (MagpieServer server = MagpieServer.running(
                        running.http(), accounts, accounts.token(0), 0, transport, InstantSource.system())) {
                    Measured measured = run(server, scenario("one-to-one"), 1, false);
                    assertClean(measured);
                    assertThat(measured.figures()).doesNotContainKey(Figure.CPU_PER_MILLION);
                }
            }
        }
    }
}

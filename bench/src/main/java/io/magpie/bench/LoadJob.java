package io.magpie.bench;

import io.magpie.bench.load.Measured;
import io.magpie.bench.report.Comparison;
import io.magpie.bench.report.Result;
import io.magpie.bench.scenario.Scenario;
import io.magpie.bench.scenario.Turn;
import io.magpie.bench.target.Server;
import io.magpie.bench.wire.LoadClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/// Rounds of one scenario, on each server in turn. All servers run all the time; one is loaded at a time.
///
/// @param key unique within the run
/// @param servers how to start each
record LoadJob(String key, String title, Scenario scenario, Rounds rounds, List<Starter> servers) implements Job {
    interface Starter {
        Server start(Path work, Terminal terminal) throws IOException, InterruptedException;
    }

    /// @param firstWarmSeconds of a server's first round, until its code is compiled
    record Rounds(Turn.Size size, int count, int firstWarmSeconds, int warmSeconds, boolean kill) {}

    @Override
    public Result run(LoadClient client, Path work, Terminal terminal) throws IOException, InterruptedException {
        terminal.line(title);
        // Messages of an earlier run may still lie on a server that ran before.
        int base = ThreadLocalRandom.current().nextInt(1 << 16);
        Map<String, List<Measured>> results = new LinkedHashMap<>();
        List<Server> started = new ArrayList<>();
        try {
            for (Starter server : servers) {
                started.add(server.start(work, terminal));
            }
            for (int round = 0; round < rounds.count(); round++) {
                for (Server server : started) {
                    int number = base + round * started.size() + started.indexOf(server) + 1;
                    Measured measured = round(server, round, number, client, terminal);
                    results.computeIfAbsent(server.name(), _ -> new ArrayList<>())
                            .add(measured);
                }
            }
        } finally {
            started.forEach(Server::close);
        }
        return new Result(key, title, scenario.unit(), results);
    }

    private Measured round(Server server, int round, int number, LoadClient client, Terminal terminal)
            throws InterruptedException {
        String where = server.name() + ", round " + (round + 1) + "/" + rounds.count() + ": ";
        boolean first = round == 0;
        Turn turn = new Turn(
                rounds.size(),
                number,
                first,
                first ? rounds.firstWarmSeconds() : rounds.warmSeconds(),
                rounds.kill(),
                client,
                text -> terminal.progress(where + text));
        Measured measured = scenario.run(server, turn);
        terminal.line(where + Comparison.brief(measured));
        return measured;
    }
}

package io.magpie.bench;

import io.magpie.bench.load.Counts;
import io.magpie.bench.load.Figure;
import io.magpie.bench.load.Measured;
import io.magpie.bench.report.Comparison;
import io.magpie.bench.report.Result;
import io.magpie.bench.target.MagpieProcess;
import io.magpie.bench.target.Startup;
import io.magpie.bench.wire.LoadClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// From the start of the process to its `ready` line, against a bare Spring Boot web application, started the same
/// way, with and without a cache of classes of its own.
record StartJob(ServerChoice choice, int rounds) implements Job {
    @Override
    public Result run(LoadClient client, Path work, Terminal terminal) throws IOException, InterruptedException {
        String title = "start to ready, " + rounds + " starts of each";
        terminal.line(title);
        Map<String, List<Measured>> results = new LinkedHashMap<>();
        List<Startup> programs =
                List.of(magpie(work, terminal), Startup.springBootWithCache(work), Startup.springBoot());
        for (int round = 0; round < rounds; round++) {
            for (Startup program : programs) {
                Measured measured = once(program, work);
                terminal.line(
                        program.name() + ", start " + (round + 1) + "/" + rounds + ": " + Comparison.brief(measured));
                results.computeIfAbsent(program.name(), _ -> new ArrayList<>()).add(measured);
            }
        }
        return new Result("start", title, "starts", results);
    }

    /// Twice: the first start may have been without the cache it made.
    private Startup magpie(Path work, Terminal terminal) throws IOException, InterruptedException {
        Path data = work.resolve("first-start");
        MagpieProcess process = choice.process(data, "first-start");
        var _ = Startup.magpie(process, data);
        choice.awaitCache(terminal::progress);
        return Startup.magpie(process, data);
    }

    private static Measured once(Startup program, Path work) throws InterruptedException {
        Startup.Timing timing = program.once(work);
        return new Measured(
                program.name(),
                Map.of(
                        Figure.START_SECONDS, timing.seconds(),
                        Figure.START_CPU, timing.cpuSeconds(),
                        Figure.RESIDENT, timing.residentBytes() / 1e6),
                List.of(),
                Counts.NONE,
                null);
    }
}

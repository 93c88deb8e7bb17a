package io.magpie.bench;

import io.magpie.bench.report.Result;
import io.magpie.bench.wire.LoadClient;
import java.io.IOException;
import java.nio.file.Path;

/// One thing to measure on some servers.
interface Job {
    /// @param work a folder for what the servers write
    Result run(LoadClient client, Path work, Terminal terminal) throws IOException, InterruptedException;
}

package io.magpie.bench;

import io.magpie.bench.report.HtmlReport;
import io.magpie.bench.report.MarkdownReport;
import io.magpie.bench.report.Run;
import io.magpie.cluster.command.Options;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// `./magpie bench report`: pages from what runs kept. Without a file to write to, the Markdown goes to the terminal.
final class ReportCommand {
    private final Options options;
    private final PrintStream out;

    ReportCommand(List<String> arguments, PrintStream out) {
        this.options = new Options(arguments, Set.of("markdown", "html"));
        this.out = out;
    }

    int run() throws IOException {
        if (options.words().isEmpty()) {
            throw new IllegalArgumentException("files: none (expected: at least one that --json wrote)");
        }
        List<Run> runs = new ArrayList<>();
        for (String file : options.words()) {
            runs.add(Run.parse(Files.readString(Path.of(file))));
        }
        String markdown = options.text("markdown");
        String html = options.text("html");
        if (html != null) {
            Files.writeString(Path.of(html), new HtmlReport(runs).toString());
        }
        if (markdown != null) {
            Files.writeString(Path.of(markdown), new MarkdownReport(runs).toString());
        } else if (html == null) {
            out.print(new MarkdownReport(runs));
        }
        return runs.stream().allMatch(Run::clean) ? 0 : 1;
    }
}

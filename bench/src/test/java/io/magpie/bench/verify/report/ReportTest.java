package io.magpie.bench.verify.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.bench.verify.check.Verdict;
import io.magpie.bench.verify.history.Line;
import io.magpie.bench.verify.history.Recorder;
import io.magpie.bench.verify.history.What;
import io.magpie.bench.verify.history.Where;
import io.magpie.core.command.Command;
import io.magpie.core.command.Reply;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Content;
import io.magpie.core.log.Mentions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {
    private static final ConversationId DIRECT = ConversationId.direct(1, 2);

    private final Recorder recorder = new Recorder();

    /// A message is acknowledged while a node is down, and never seen again.
    @BeforeEach
    void record() {
        var ann = new Where("ann-1", 1, "node-1", 1);
        var send = new Command.Send(DIRECT, "a1", new Content.Text("1 < 2"), 0, Mentions.NONE, Command.Priority.NORMAL);
        recorder.seen(ann, new What.Online());
        recorder.fault("kill", "node-2", true, false);
        recorder.seen(ann, new What.Asked(1, send));
        recorder.seen(ann, new What.Answered(1, send, new Reply.Sent(DIRECT, 1, 0, false)));
        recorder.fault("kill", "node-2", false, false);
        recorder.milestone(Line.Phase.FINAL_VIEW);
    }

    @Test
    void theTextHasTheTableAndTheShortestHistory() {
        var history = recorder.history();
        assertThat(Text.of(history, Verdict.of(history)))
                .startsWith("1 sends acknowledged, 0 entries pushed, 1 faults")
                .contains("VIOLATION (acknowledged is durable): d.1.2 seq 1, acknowledged to 1, is gone\n")
                .contains("ann-1   node-1  #1    gets sent seq 1 for send d.1.2 clientId a1 '1 < 2'\n")
                .doesNotContain("No violation");
    }

    @Test
    void thePageNeedsNothingElse() {
        var history = recorder.history();
        assertThat(Html.of("a run", history, Verdict.of(history)))
                .contains("<svg", "kill node-2", "'1 &lt; 2'", "is gone")
                .doesNotContain("src=", "href=", "1 < 2");
    }

    @Test
    void theHistoryIsOneObjectPerLine(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("history");
        new JsonLines().write(recorder.history(), file);
        var json = JsonMapper.builder().build();
        var lines = Files.readAllLines(file).stream().map(json::readTree).toList();
        assertThat(lines).hasSize(6);
        assertThat(lines.get(1).path("fault").asString("")).isEqualTo("kill");
        assertThat(lines.get(3).path("answered").path("seq").asLong()).isEqualTo(1);
        assertThat(lines.get(3).path("device").asString("")).isEqualTo("ann-1");
    }
}

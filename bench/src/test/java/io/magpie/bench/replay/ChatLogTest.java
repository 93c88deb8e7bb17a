package io.magpie.bench.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.bench.replay.ChatLog.Line;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ChatLogTest {
    @Test
    void takesWhatIsSpokenInOrder() {
        ChatLog log = ChatLog.parse("day", """
                [11:22] <frenkel> Linuturk: i'm willing to seed <now> [12:00] <x> y
                === sangria [n=jaime@core.fluendo.com]  has left #ubuntu ["Leaving"]
                [11:23] <zoë>  two blanks kept\s\s
                [04:48]  * unperson sits and listens
                [11:24] <frenkel> done
                """);
        assertThat(log.lines())
                .containsExactly(
                        new Line("frenkel", "Linuturk: i'm willing to seed <now> [12:00] <x> y"),
                        new Line("zoë", " two blanks kept  "),
                        new Line("frenkel", "done"));
        assertThat(log.nicks()).containsExactly("frenkel", "zoë");
    }

    @Test
    void aLineWithoutTextIsABlank() {
        ChatLog log = ChatLog.parse("day", "[01:38] <OerHeks>\n[09:15] <silvernode> \n[09:16] <silvernode>    ");
        assertThat(log.lines())
                .containsExactly(new Line("OerHeks", " "), new Line("silvernode", " "), new Line("silvernode", "   "));
    }

    @Test
    void nicksLoseTheirPadding() {
        assertThat(ChatLog.parse("day", "[12:00] <zcat[1] > hi").nicks()).containsExactly("zcat[1]");
    }

    @Test
    void linesMayEndAsOnWindows() {
        assertThat(ChatLog.parse("day", "[12:00] <a> hi\r\n[12:01] <b> ho\r\n").lines())
                .containsExactly(new Line("a", "hi"), new Line("b", "ho"));
    }

    @Test
    void subjectsAreSafeAndDifferent() {
        List<String> nicks = List.of(
                "bob",
                "Bob",
                "b_ob",
                "[Saint]",
                "Assassin`",
                "malte`",
                "EriC^",
                "EriC^^",
                "Shawn|C2Duo",
                "zoë",
                "-",
                "b-6f-b",
                "][AcHm2][");
        assertThat(nicks.stream().map(Subjects::of).collect(Collectors.toSet()))
                .hasSameSizeAs(nicks)
                .allMatch(subject -> subject.matches("irc-[a-z0-9-]+"));
    }

    @Test
    void barFills() {
        assertThat(ProgressBar.of(0, 10)).isEqualTo("[" + "-".repeat(24) + "]");
        assertThat(ProgressBar.of(5, 10)).isEqualTo("[" + "#".repeat(12) + "-".repeat(12) + "]");
        assertThat(ProgressBar.of(10, 10)).isEqualTo("[" + "#".repeat(24) + "]");
    }
}

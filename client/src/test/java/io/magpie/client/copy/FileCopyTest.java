package io.magpie.client.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.core.command.Command;
import io.magpie.core.command.ConversationItem;
import io.magpie.core.command.Request;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.Member;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Entry;
import io.magpie.core.log.Mentions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCopyTest {
    private static final ConversationId TEAM = ConversationId.group(5);

    @TempDir
    private Path directory;

    private static Entry entry(ConversationId conversation, long seq, String text) {
        Body body = new Body.Message(new Content.Text(text), 0, Mentions.NONE);
        return new Entry(conversation, seq, 9, 1000 + seq, "c" + seq, body);
    }

    private static List<Entry> entries(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(seq -> entry(TEAM, seq, "text " + seq))
                .toList();
    }

    private FileCopy open() throws IOException {
        return FileCopy.open(directory, 10);
    }

    @Test
    void everythingIsThereAgain() throws IOException {
        ConversationItem item = new ConversationItem(
                TEAM, "Team", "", Member.State.MEMBER, 1, 3, 2, 1, true, false, true, false, entry(TEAM, 3, "text 3"));
        Request send = new Request(
                "c9", new Command.Send(TEAM, "c9", new Content.Text("hi"), 0, Mentions.ALL, Command.Priority.NORMAL));
        try (FileCopy copy = open()) {
            copy.begin(new LocalCopy.Owner(7, "e1"));
            copy.append(TEAM, entries(1, 3));
            copy.replace(entry(TEAM, 2, "edited"));
            copy.put(item);
            copy.synced(77);
            copy.queued(send);
            copy.queued(new Request("c10", new Command.Read(TEAM, 3)));
            copy.answered("c10");
        }
        try (FileCopy copy = open()) {
            assertThat(copy.owner()).contains(new LocalCopy.Owner(7, "e1"));
            assertThat(copy.held(TEAM)).isEqualTo(new LocalCopy.Span(true, 1, 3));
            assertThat(copy.entry(TEAM, 2)).contains(entry(TEAM, 2, "edited"));
            assertThat(copy.conversations()).containsExactly(item);
            assertThat(copy.syncedAt()).isEqualTo(77);
            assertThat(copy.queue()).containsExactly(send);
        }
    }

    @Test
    void aWriteThatTheProcessDidNotFinishIsCutOff() throws IOException {
        try (FileCopy copy = open()) {
            copy.append(TEAM, entries(1, 3));
        }
        Path file = directory.resolve("entries").resolve(TEAM + ".jsonl");
        byte[] whole = Files.readAllBytes(file);
        int lastLine = whole.length - 1;
        while (whole[lastLine - 1] != '\n') {
            lastLine--;
        }
        for (int length = lastLine; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            try (FileCopy copy = open()) {
                assertThat(copy.held(TEAM)).isEqualTo(new LocalCopy.Span(true, 1, 2));
                copy.append(TEAM, entries(3, 4));
            }
            try (FileCopy copy = open()) {
                assertThat(copy.after(TEAM, 0)).isEqualTo(entries(1, 4));
            }
        }
    }

    @Test
    void damageInTheMiddleKeepsWhatIsBefore() throws IOException {
        try (FileCopy copy = open()) {
            copy.append(TEAM, entries(1, 5));
        }
        Path file = directory.resolve("entries").resolve(TEAM + ".jsonl");
        List<String> lines = Files.readAllLines(file);
        lines.set(2, "\0\0\0");
        Files.write(file, lines);
        try (FileCopy copy = open()) {
            assertThat(copy.after(TEAM, 0)).isEqualTo(entries(1, 2));
        }
    }

    @Test
    void filesAndMemoryStayBounded() throws IOException {
        try (FileCopy copy = open()) {
            for (int i = 0; i < 200; i++) {
                copy.append(TEAM, entries(1 + i * 5L, 5 + i * 5L));
                copy.put(new ConversationItem(
                        TEAM, "T", "", Member.State.MEMBER, 1, i, 0, 0, false, false, false, false, null));
            }
            for (long group = 100; group < 300; group++) {
                ConversationId other = ConversationId.group(group);
                copy.append(other, List.of(entry(other, 1, "x")));
            }
            assertThat(copy.before(TEAM, Long.MAX_VALUE, 100))
                    .hasSizeBetween(10, 20)
                    .endsWith(entry(TEAM, 1000, "text 1000"));
        }
        try (var lines = Files.lines(directory.resolve("entries").resolve(TEAM + ".jsonl"))) {
            assertThat(lines.count()).isLessThanOrEqualTo(30);
        }
        try (var lines = Files.lines(directory.resolve("state.jsonl"))) {
            assertThat(lines.count()).isLessThan(120);
        }
    }

    @Test
    void anotherUserFindsNothingOfTheFirst() throws IOException {
        try (FileCopy copy = open()) {
            copy.begin(new LocalCopy.Owner(7, "e1"));
            copy.append(TEAM, entries(1, 3));
            copy.queued(new Request("r", new Command.Read(TEAM, 3)));
            copy.begin(new LocalCopy.Owner(7, "e2"));
            assertThat(copy.held(TEAM).known()).isFalse();
            assertThat(copy.queue()).hasSize(1);
            copy.begin(new LocalCopy.Owner(8, "e2"));
        }
        try (FileCopy copy = open()) {
            assertThat(copy.queue()).isEmpty();
            assertThat(copy.owner()).contains(new LocalCopy.Owner(8, "e2"));
        }
    }

    @Test
    void twoClientsCannotShareADirectory() throws IOException {
        try (FileCopy copy = open()) {
            assertThat(copy.queue()).isEmpty();
            assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("in use");
        }
        Files.write(directory.resolve("queue.jsonl"), List.of("not json"), StandardOpenOption.TRUNCATE_EXISTING);
        try (FileCopy copy = open()) {
            assertThat(copy.queue()).isEmpty();
        }
    }
}

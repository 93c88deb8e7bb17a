package io.magpie.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Draft;
import io.magpie.core.log.Entry;
import io.magpie.core.log.LogFixture;
import io.magpie.core.log.Mentions;
import io.magpie.core.log.OldEntries;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.storage.Edits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// How every store finds messages, however far its index has come.
public abstract class SearchContract extends LogFixture {
    private static final ConversationId OTHER = ConversationId.direct(1, 3);
    private static final List<Search.Range> ALL =
            List.of(new Search.Range(PAIR, 1, Long.MAX_VALUE), new Search.Range(OTHER, 1, Long.MAX_VALUE));
    private static final List<String> VOCABULARY =
            List.of("red", "redder", "green", "blue", "早上好", "好早", "早", "晚上", "上好", "7", "77", "🎉");

    @Test
    void findsWhatHoldsAllWordsNewestFirst() {
        append(draft(PAIR, 1, "Red house"), draft(OTHER, 3, "a red boat"), draft(PAIR, 2, "blue house"));
        append(draft(PAIR, 2, "house, redder"), draft(OTHER, 1, "boat"));
        assertThat(found("red")).containsExactly("house, redder", "a red boat", "Red house");
        assertThat(found("house red")).containsExactly("house, redder", "Red house");
        assertThat(found("red house")).containsExactly("Red house");
        assertThat(found("RÉD  a")).containsExactly("a red boat");
        assertThat(found("ed")).isEmpty();
    }

    @Test
    void findsChineseByAnyPart() {
        append(draft(PAIR, 1, "明天中午吃饭吗"), draft(PAIR, 2, "中 午"), draft(OTHER, 1, "午睡"));
        assertThat(found("中午")).containsExactly("明天中午吃饭吗");
        assertThat(found("午")).containsExactly("午睡", "中 午", "明天中午吃饭吗");
        assertThat(found("吗")).containsExactly("明天中午吃饭吗");
        assertThat(found("吃饭 明天")).containsExactly("明天中午吃饭吗");
        assertThat(found("天午")).isEmpty();
    }

    @Test
    void looksOnlyWhereItIsTold() {
        append(draft(PAIR, 1, "one red"), draft(PAIR, 1, "two red"), draft(PAIR, 1, "three red"));
        append(draft(OTHER, 1, "four red"));
        assertThat(found("red", new Search.Range(PAIR, 2, 2))).containsExactly("two red");
        assertThat(found("red", new Search.Range(PAIR, 2, 9))).containsExactly("three red", "two red");
        assertThat(found("red", new Search.Range(ConversationId.group(99), 1, 9)))
                .isEmpty();
        assertThat(found("red", new Search.Range(OTHER, 1, 9), new Search.Range(PAIR, 3, 3)))
                .containsExactly("four red", "three red");
    }

    @Test
    void findsByWriter() {
        append(draft(PAIR, 1, "red a"), draft(PAIR, 2, "red b"), draft(OTHER, 3, "red c"), draft(OTHER, 1, "red d"));
        assertThat(found(1, "red")).containsExactly("red d", "red a");
        assertThat(found(12, "red")).isEmpty();
    }

    @Test
    void anEditedMessageIsFoundByItsNewestContentOnly() {
        append(draft(PAIR, 1, "old words"), draft(PAIR, 1, "new house"));
        assertThat(found("old")).containsExactly("old words");
        append(edit(1, "new words"));
        assertThat(found("old")).isEmpty();
        assertThat(found("new")).containsExactly("new house", "new words");
        append(edit(1, "newer words"), edit(1, "newest words"));
        assertThat(found("newer")).isEmpty();
        assertThat(found("newest")).containsExactly("newest words");
        append(edit(1, "***"));
        assertThat(found("words")).isEmpty();
    }

    @Test
    void aRecalledMessageIsNeverFound() {
        append(draft(PAIR, 1, "red a"), draft(PAIR, 1, "red b"), draft(PAIR, 1, "red c"));
        assertThat(found("red")).hasSize(3);
        append(edit(2, "red x"), recall(1), recall(2));
        assertThat(found("red")).containsExactly("red c");
        append(recall(3));
        assertThat(found("red")).isEmpty();
    }

    @Test
    void findsFilesPlacesAndWhatWasSaid() {
        say(new Content.File(0, "Quarterly plan.PDF", 7, "application/pdf"));
        say(new Content.Location(1, 2, "Café Central"));
        say(new Content.Voice(0, 900, List.of(), "call me later"));
        say(new Content.Voice(0, 900, List.of(), null));
        say(new Content.Custom("x", "{\"plan\":\"later\"}"));
        assertThat(seqs("plan pdf")).containsExactly(1L);
        assertThat(seqs("cafe")).containsExactly(2L);
        assertThat(seqs("later")).containsExactly(3L);
        ports().log()
                .append(
                        List.of(new Draft(
                                PAIR,
                                1,
                                null,
                                new Body.Edit(4, new Content.Voice(0, 900, List.of(), "much later")),
                                Draft.UNCHECKED)),
                        NOW);
        assertThat(seqs("later")).containsExactly(4L, 3L);
    }

    @Test
    void nothingInAQueryIsAnOperator() {
        append(draft(PAIR, 1, "red or blue"), draft(PAIR, 1, "red not near"), draft(PAIR, 1, "terms: c'mon \"red\""));
        for (var query : List.of(
                "red OR zzz",
                "red NOT or",
                "\"red blue\" zzz",
                "NEAR(red zzz)",
                "terms:red zzz",
                "red* zzz",
                "^red zzz")) {
            assertThat(found(query)).as(query).isEmpty();
        }
        for (var query : List.of(
                "red OR",
                "red\"",
                "\"red\" AND \"terms\" OR",
                "red*",
                "{red}",
                "red' OR '1'='1",
                "red) OR (red",
                "-red",
                "red\u0000",
                "(((((((((red",
                "% red _",
                "red \\ /* -- ; terms",
                "r\u00b7",
                "\u00bb1 red")) {
            var phrase = phrase(query);
            assertThat(find(ALL, 0, phrase, 0, 9).entries())
                    .as(query)
                    .allMatch(entry -> phrase.foundIn(SearchText.of(entry.body())));
        }
        assertThat(found("\"red blue\"")).containsExactly("red or blue");
        assertThat(found("red' or")).containsExactly("red or blue");
        assertThat(found("x y z ".repeat(40))).isEmpty();
    }

    @Test
    void pagesGoOnToTheEnd() {
        var expected = new ArrayList<String>();
        for (int i = 0; i < 60; i++) {
            append(draft(i % 3 == 0 ? OTHER : PAIR, 1, (i % 2 == 0 ? "red " : "blue ") + i));
            if (i % 2 == 0) {
                expected.addFirst("red " + i);
            }
        }
        for (int limit : List.of(1, 7, 30, 50)) {
            assertThat(pages("red", limit)).as("%s at a time", limit).isEqualTo(expected);
        }
        indexed();
        for (int limit : List.of(1, 7, 30, 50)) {
            assertThat(pages("red", limit)).as("%s at a time", limit).isEqualTo(expected);
        }
    }

    @Test
    void manyThatOnlyLookAlikeDoNotHideTheOthers() {
        append(draft(PAIR, 1, "早上好 first"));
        for (int i = 0; i < 15; i++) {
            append(IntStream.range(i * 100, i * 100 + 100)
                    .mapToObj(n -> draft(PAIR, 1, n + " 上好 早上 " + n))
                    .toArray(Draft[]::new));
        }
        indexed();
        assertThat(pages("早上好", 5)).containsExactly("早上好 first");
    }

    @Test
    void whatIsDeletedIsForgotten() {
        append(draft(PAIR, 1, "red a"), draft(PAIR, 1, "red b"));
        ports().log().append(List.of(draft(PAIR, 1, "red c"), draft(OTHER, 1, "x")), NOW + 1000);
        indexed();
        Edits.in(ports(), tx -> tx.on(OldEntries.Edits.class).delete(PAIR, NOW + 1, 100, NOW + 2000));
        assertThat(found("red")).containsExactly("red c");
        for (int i = 0; i < 100 && ports().search().trim(1) > 0; i++) {
            assertThat(found("red")).containsExactly("red c");
        }
        assertThat(ports().search().trim(100)).isZero();
        assertThat(found("red")).containsExactly("red c");
    }

    @Test
    void theIndexEndsUpBesideTheLog() {
        append(draft(PAIR, 1, "a"), draft(PAIR, 1, "b"), draft(PAIR, 1, "c"));
        append(edit(1, "d"), recall(2));
        long done = 0;
        Search.Progress progress;
        do {
            progress = ports().search().follow(2);
            done += progress.done();
        } while (progress.behind() > 0);
        assertThat(done).isIn(0L, 5L);
        assertThat(ports().search().follow(2)).isEqualTo(new Search.Progress(0, 0));
    }

    /// Against a search that reads everything.
    @Test
    void agreesWithALookAtEveryEntry() {
        var random = new Random(7);
        var sent = new ArrayList<AppendResult>();
        for (int round = 0; round < 60; round++) {
            int dice = random.nextInt(10);
            if (dice < 7 || sent.isEmpty()) {
                sent.add(append(draft(PAIR, 1 + random.nextInt(2), words(random)))
                        .getFirst());
            } else {
                long target = random.nextLong(1, seq(sent.getLast()) + 1);
                append(dice < 9 ? edit(target, words(random)) : recall(target));
            }
            if (random.nextInt(4) == 0) {
                ports().search().follow(1 + random.nextInt(10));
            }
            for (int i = 0; i < 3; i++) {
                var phrase = phrase(words(random));
                var range = new Search.Range(PAIR, 1 + random.nextInt(5), 5 + random.nextInt(80));
                assertThat(find(List.of(range), 0, phrase, 0, 100).entries())
                        .as("%s in %s", phrase, range)
                        .isEqualTo(slowly(range, phrase));
            }
        }
    }

    private List<Entry> slowly(Search.Range range, Phrase phrase) {
        return ports().log().ascending(PAIR, range.from(), range.to(), 1000).stream()
                .filter(entry -> phrase.foundIn(SearchText.of(entry.body())))
                .sorted(Comparator.comparingLong(Entry::seq).reversed())
                .toList();
    }

    private static String words(Random random) {
        return Stream.generate(() -> VOCABULARY.get(random.nextInt(VOCABULARY.size())))
                .limit(1 + random.nextInt(3))
                .collect(Collectors.joining(random.nextBoolean() ? " " : ""));
    }

    private void say(Content content) {
        var body = new Body.Message(content, 0, Mentions.NONE);
        append(new Draft(PAIR, 1, null, body, Draft.UNCHECKED));
    }

    private void indexed() {
        while (ports().search().follow(3).behind() > 0) {
            // Goes on.
        }
    }

    private List<String> found(String query) {
        return found(0, query);
    }

    private List<String> found(long sender, String query) {
        return texts(sender, query, ALL);
    }

    private List<String> found(String query, Search.Range... in) {
        return texts(0, query, List.of(in));
    }

    private List<Long> seqs(String query) {
        return find(ALL, 0, phrase(query), 0, 50).entries().stream()
                .map(Entry::seq)
                .toList();
    }

    /// The same whether nothing, something or everything is indexed.
    private List<String> texts(long sender, String query, List<Search.Range> in) {
        var answers = new TreeSet<Search.Found>(Comparator.comparing(Object::toString));
        answers.add(find(in, sender, phrase(query), 0, 50));
        ports().search().follow(2);
        answers.add(find(in, sender, phrase(query), 0, 50));
        indexed();
        answers.add(find(in, sender, phrase(query), 0, 50));
        assertThat(answers).hasSize(1);
        var answer = answers.getFirst();
        assertThat(answer.complete()).isTrue();
        assertThat(answer.next()).isZero();
        return answer.entries().stream().map(LogFixture::text).toList();
    }

    private List<String> pages(String query, int limit) {
        var all = new ArrayList<String>();
        long before = 0;
        do {
            var page = find(ALL, 0, phrase(query), before, limit);
            assertThat(page.entries()).hasSizeLessThanOrEqualTo(limit);
            page.entries().forEach(entry -> all.add(text(entry)));
            before = page.next();
        } while (before != 0);
        return all;
    }

    private Search.Found find(List<Search.Range> in, long sender, Phrase phrase, long before, int limit) {
        return ports().search().find(new Search.Query(in, phrase, sender, before, limit));
    }

    private static Phrase phrase(String query) {
        return switch (Phrase.parse(query)) {
            case Outcome.Done<Phrase>(Phrase phrase) -> phrase;
            case Outcome.Rejected<Phrase>(var rejection) -> throw new AssertionError(rejection);
        };
    }
}

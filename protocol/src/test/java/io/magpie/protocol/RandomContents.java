package io.magpie.protocol;

import io.magpie.core.log.Content;
import io.magpie.core.log.Mentions;
import java.util.List;
import java.util.random.RandomGenerator;

/// Seeded contents within the limits of clients.
public class RandomContents extends RandomValues {
    private static final String[] JSON = {
        "null",
        "true",
        "-0.0",
        "1e400",
        "12345678901234567890123",
        "\"\"",
        "\"a \\\" b \\\\ \\u0000 \\ud800 é😀\"",
        "[]",
        "{}",
        "[1,2.50,{\"data\":[null],\"data\":{}}]",
        "{\"kind\":\"text\",\"text\":5,\"\":{\"a\":[[[]]]}}"
    };

    public RandomContents(RandomGenerator random) {
        super(random);
    }

    public Content content() {
        return oneOf(List.of(
                () -> new Content.Text(text(1, 8192)),
                () -> new Content.Image(id(), pixels(), pixels(), idOrNone(), flip() ? null : text(0, 256)),
                () -> new Content.Voice(
                        id(), number(0, 86_400_000), list(20, () -> number(0, 255)), flip() ? null : text(0, 8192)),
                () -> new Content.Video(id(), pixels(), pixels(), number(0, 86_400_000), id()),
                () -> new Content.File(id(), text(1, 1024), idOrNone(), text(1, 256)),
                () -> new Content.Sticker(text(1, 1024), text(1, 1024)),
                () -> new Content.Location(degrees(90), degrees(180), flip() ? null : text(0, 1024)),
                () -> flip() ? new Content.Card(id(), 0) : new Content.Card(0, id()),
                () -> new Content.Custom(text(1, 256), pick(JSON))));
    }

    public Mentions mentions() {
        return oneOf(
                List.of(() -> Mentions.NONE, () -> Mentions.ALL, () -> new Mentions(false, List.of(id(), id(), id()))));
    }

    private int pixels() {
        return number(1, 65_535);
    }

    private double degrees(int max) {
        return switch (random.nextInt(4)) {
            case 0 -> -0.0;
            case 1 -> max;
            case 2 -> random.nextDouble() * 1e-300;
            default -> random.nextDouble(-max, max);
        };
    }
}

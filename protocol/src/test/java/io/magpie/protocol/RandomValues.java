package io.magpie.protocol;

import io.magpie.core.conversation.ConversationId;
import io.magpie.protocol.frame.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Seeded values of the kinds the protocol is made of, with a liking for the edges.
public class RandomValues {
    private static final String[] CHARACTERS = {
        "a",
        "Z",
        "0",
        " ",
        "\"",
        "\\",
        "/",
        "\n",
        "\t",
        "\b",
        "\r",
        "\f",
        "\u0000",
        "\u001f",
        "\u007f",
        "é",
        "ß",
        "\u07ff",
        "\u0800",
        "中",
        "\u2028",
        "\ud7ff",
        "\ue000",
        "\uffff",
        "😀",
        "\udbff\udfff"
    };

    final RandomGenerator random;

    public RandomValues(RandomGenerator random) {
        this.random = random;
    }

    public boolean flip() {
        return random.nextBoolean();
    }

    public <T> T oneOf(List<Supplier<? extends T>> choices) {
        return choices.get(random.nextInt(choices.size())).get();
    }

    public <T> T pick(T[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    /// An id or a seq: 1 to 2^53 - 1.
    public long id() {
        return switch (random.nextInt(4)) {
            case 0 -> 1;
            case 1 -> ConversationId.MAX_ID;
            case 2 -> random.nextLong(1, 1000);
            default -> random.nextLong(1, ConversationId.MAX_ID);
        };
    }

    /// An id, or 0 for none.
    public long idOrNone() {
        return flip() ? 0 : id();
    }

    public int number(int min, int max) {
        return random.nextInt(min, max + 1);
    }

    /// Text of `min` to `max` bytes.
    public String text(int min, int max) {
        int goal = number(min, Math.min(max, min + 40));
        StringBuilder text = new StringBuilder();
        int bytes = 0;
        while (bytes < goal) {
            String character = random.nextInt(3) > 0 ? "x" : pick(CHARACTERS);
            int length = Utf8.length(character);
            if (bytes + length > max) {
                character = "y";
                length = 1;
            }
            text.append(character);
            bytes += length;
        }
        return text.toString();
    }

    /// Text that no client could send.
    public String anyText() {
        return flip()
                ? text(0, 100)
                : text(0, 10) + pick(new String[] {"\ud800", "\udc00", "\udc00\ud800"}) + text(0, 10);
    }

    public <T> List<T> list(int max, Supplier<T> item) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(max + 1); i > 0; i--) {
            list.add(item.get());
        }
        return List.copyOf(list);
    }

    public ConversationId conversation() {
        return switch (random.nextInt(3)) {
            case 0 -> ConversationId.direct(id(), id());
            case 1 -> ConversationId.group(id());
            default -> ConversationId.notices(id());
        };
    }
}

package io.magpie.protocol.frame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The known fields of one object as they were read: `String`, `Long`, `Double`, [Decimal], `Boolean`, `Fields`, or a
/// `List` of these; `null` is the same as absent. Nothing is checked before it is asked for, so a field that a
/// request does not use may hold anything. A repeated field counts as it came last.
///
/// Lengths and ranges are checked only where clients are the source; what the server stored or sent stays legible
/// when limits change. For one frame and one thread.
public final class Fields {
    /// A number that is no `long`: its text, because only its reader knows the precision it needs.
    public record Decimal(String text) {}

    private final String path;
    private final boolean bounded;
    private @Nullable Field[] names = new Field[8];
    private @Nullable Object[] values = new Object[8];
    private int size;

    private Fields(String path, boolean bounded) {
        this.path = path;
        this.bounded = bounded;
    }

    public static Fields ofClient() {
        return new Fields("", true);
    }

    public static Fields ofServer() {
        return new Fields("", false);
    }

    public Fields nested(Field field) {
        return new Fields(bounded ? path + field.getName() + "." : "", bounded);
    }

    public void put(Field field, @Nullable Object value) {
        for (int i = 0; i < size; i++) {
            if (names[i] == field) {
                values[i] = value;
                return;
            }
        }
        if (size == names.length) {
            names = Arrays.copyOf(names, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        names[size] = field;
        values[size++] = value;
    }

    public void clear() {
        Arrays.fill(values, 0, size, null);
        size = 0;
    }

    public @Nullable Object get(Field field) {
        for (int i = 0; i < size; i++) {
            if (names[i] == field) {
                return values[i];
            }
        }
        return null;
    }

    public boolean has(Field field) {
        return get(field) != null;
    }

    /// Required text of `min` to `max` bytes.
    String text(Field field, int min, int max) {
        String text = textOrNull(field, min, max);
        if (text == null) {
            throw unexpected(field, null, textOf(min, max));
        }
        return text;
    }

    public @Nullable String textOrNull(Field field, int min, int max) {
        Object value = get(field);
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text)) {
            throw unexpected(field, value, textOf(min, max));
        }
        if (bounded) {
            int length = Utf8.length(text);
            if (length < 0) {
                throw Refused.malformed(path + field.getName() + ": half a surrogate pair", "Unicode text");
            }
            if (length > max) {
                throw Refused.tooLarge(path + field.getName() + ": " + length + " bytes", min + ".." + max);
            }
            if (length < min) {
                throw unexpected(field, value, textOf(min, max));
            }
        }
        return text;
    }

    long number(Field field, long min, long max) {
        return toNumber(field, get(field), min, max);
    }

    long numberOr(long absent, Field field, long min, long max) {
        Object value = get(field);
        return value == null ? absent : toNumber(field, value, min, max);
    }

    int integer(Field field, int min, int max) {
        long number = number(field, min, max);
        if (number != (int) number) {
            throw unexpected(field, number, "integer from " + min + " to " + max);
        }
        return (int) number;
    }

    double decimal(Field field, double min, double max) {
        Object value = get(field);
        double decimal = switch (value) {
            case Long whole -> whole;
            case Double number -> number;
            case Decimal(String text) -> Double.parseDouble(text);
            case null, default -> Double.NaN;
        };
        if (Double.isNaN(decimal) || (bounded && (decimal < min || decimal > max))) {
            throw unexpected(field, value, "number from " + min + " to " + max);
        }
        return decimal;
    }

    boolean flag(Field field) {
        Object value = get(field);
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw unexpected(field, value, "true or false");
    }

    boolean flagOr(boolean absent, Field field) {
        return has(field) ? flag(field) : absent;
    }

    Fields object(Field field) {
        Object value = get(field);
        if (value instanceof Fields fields) {
            return fields;
        }
        throw unexpected(field, value, "object");
    }

    <E extends Enum<E>> E choice(Field field, WireNames<E> choices) {
        Object value = get(field);
        E constant = value instanceof String name ? choices.find(name) : null;
        if (constant == null) {
            throw unexpected(field, value, "one of " + choices);
        }
        return constant;
    }

    /// Items of an array, none if it is absent.
    List<?> items(Field field, int max) {
        Object value = get(field);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> items)) {
            throw unexpected(field, value, "list");
        }
        if (bounded && items.size() > max) {
            throw Refused.tooLarge(path + field.getName() + ": " + items.size() + " items", "0.." + max);
        }
        return items;
    }

    /// Numbers of an array, none if it is absent.
    List<Long> numbers(Field field, int items, long min, long max) {
        List<?> list = items(field, items);
        List<Long> numbers = new ArrayList<>(list.size());
        for (Object item : list) {
            numbers.add(toNumber(field, item, min, max));
        }
        return List.copyOf(numbers);
    }

    /// The refusal of a value that is absent, of another kind, or out of range.
    public Refused unexpected(Field field, @Nullable Object value, String expected) {
        return Refused.malformed(path + field.getName() + ": " + describe(field, value), expected);
    }

    String describe(Field field, @Nullable Object value) {
        return switch (value) {
            case null -> "missing";
            case String text -> field.quotable() ? Refused.quote(text) : text.isEmpty() ? "empty" : "a text";
            case Long number -> field.quotable() ? number.toString() : "a number";
            case Decimal(String text) -> field.quotable() && text.length() <= 40 ? text : "a number";
            case Double number -> field.quotable() ? number.toString() : "a number";
            case Boolean flag -> flag.toString();
            case Fields _ -> "an object";
            default -> "a list";
        };
    }

    private long toNumber(Field field, @Nullable Object value, long min, long max) {
        if (value instanceof Long number && (!bounded || (number >= min && number <= max))) {
            return number;
        }
        throw unexpected(field, value, "integer from " + min + " to " + max);
    }

    private static String textOf(int min, int max) {
        return "text of " + min + ".." + max + " bytes";
    }
}

package io.magpie.server.http;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.outcome.ErrorCode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Fields of request bodies and queries, each named in the answer when it is wrong.
final class Fields {
    private Fields() {}

    static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw new RejectedRequest(ErrorCode.MALFORMED, field + ": missing");
        }
        return value;
    }

    static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }

    /// A positive id.
    static long id(String field, @Nullable Long value) {
        long id = required(field, value);
        if (id < 1 || id > (1L << 53) - 1) {
            throw new RejectedRequest(ErrorCode.MALFORMED, field + ": " + id + " (expected: an id, from 1 upwards)");
        }
        return id;
    }

    static List<Long> ids(String field, List<@Nullable Long> values) {
        return values.stream().map(value -> id(field, value)).toList();
    }

    static ConversationId conversation(String text) {
        return ConversationId.parse(text)
                .orElseThrow(() -> new RejectedRequest(
                        ErrorCode.MALFORMED,
                        "conversation: not an id (expected: d.<low>.<high>, g.<group> or n.<user>)"));
    }

    static int limit(int given, int max) {
        if (given < 1 || given > max) {
            throw new RejectedRequest(ErrorCode.MALFORMED, "limit: " + given + " (expected: 1.." + max + ")");
        }
        return given;
    }

    /// A constant by its wire name, which is its name in lower case.
    static <E extends Enum<E>> Optional<E> constant(String field, Class<E> type, @Nullable String value) {
        if (value == null) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(type.getEnumConstants())
                .filter(constant -> wireName(constant).equals(value))
                .findFirst()
                .orElseThrow(() -> new RejectedRequest(
                        ErrorCode.MALFORMED,
                        field + ": unknown (expected: one of "
                                + Arrays.stream(type.getEnumConstants())
                                        .map(Fields::wireName)
                                        .collect(Collectors.joining(", "))
                                + ")")));
    }

    static String wireName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static @Nullable String unlessEmpty(String text) {
        return text.isEmpty() ? null : text;
    }

    static @Nullable Long unlessZero(long number) {
        return number == 0 ? null : number;
    }
}

package io.magpie.protocol.socketio;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/// The argument of an event: one flat object of texts, whole numbers, flags, lists of whole numbers, and one object
/// inside, the device. What has another shape is absent until it is asked for. For one thread.
final class Arguments {
    private static final int MAX_DEPTH = 32;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            // Interning would keep the names that clients make up.
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .recyclerPool(JsonRecyclerPools.threadLocalPool())
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    /// Stands for a value of a shape that no field has.
    private static final Object OTHER = new Object();

    private final Map<String, Object> values;

    private Arguments(Map<String, Object> values) {
        this.values = values;
    }

    /// The argument is not what the dialect says. Never leaves this package.
    static final class Refused extends RuntimeException {
        private final Rejection rejection;

        Refused(ErrorCode code, String culprit, String expected) {
            super(culprit, null, false, false);
            rejection = new Rejection(code, culprit + " (expected: " + expected + ")");
        }

        Rejection rejection() {
            return rejection;
        }
    }

    /// @param json one object; nothing at all is the same as an empty one
    static Arguments of(byte[] json) {
        if (json.length == 0) {
            return new Arguments(Map.of());
        }
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("argument: no object", "one object");
            }
            var values = object(parser);
            if (parser.nextToken() != null) {
                throw malformed("argument: more than one", "one object");
            }
            return new Arguments(values);
        } catch (JacksonException _) {
            // The parser's own message may quote what people wrote.
            throw malformed("argument: not JSON, or more than one", "one object");
        }
    }

    private static Map<String, Object> object(JsonParser parser) {
        var values = new HashMap<String, Object>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            var token = parser.nextToken();
            if (token == JsonToken.VALUE_NULL) {
                values.remove(name);
            } else {
                values.put(name, value(parser, token));
            }
        }
        return values;
    }

    private static Object value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? OTHER : (Object) parser.getLongValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case START_OBJECT -> new Arguments(object(parser));
            case START_ARRAY -> numbers(parser);
            default -> OTHER;
        };
    }

    private static Object numbers(JsonParser parser) {
        List<Long> numbers = new ArrayList<>();
        boolean other = false;
        for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (value(parser, token) instanceof Long number) {
                numbers.add(number);
            } else {
                other = true;
            }
        }
        return other ? OTHER : numbers;
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    String text(String name, int min, int max) {
        var text = textOrNull(name, max);
        int length = text == null ? -1 : text.getBytes(StandardCharsets.UTF_8).length;
        if (text == null || length < min) {
            throw malformed(name + (text == null ? ": missing" : ": empty"), "text of " + min + ".." + max + " bytes");
        }
        return text;
    }

    @Nullable
    String textOrNull(String name, int max) {
        var value = values.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text)
                || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw malformed(name + ": no text", "text of up to " + max + " bytes");
        }
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        if (length > max) {
            throw tooLarge(name + ": " + length + " bytes", "at most " + max);
        }
        return text;
    }

    long number(String name, long min, long max) {
        if (values.get(name) instanceof Long number && number >= min && number <= max) {
            return number;
        }
        throw malformed(
                name + (has(name) ? ": out of range or no whole number" : ": missing"),
                "whole number from " + min + " to " + max);
    }

    long numberOr(long absent, String name, long min, long max) {
        return has(name) ? number(name, min, max) : absent;
    }

    long id(String name) {
        return number(name, 1, ConversationId.MAX_ID);
    }

    /// User ids.
    List<Long> ids(String name, int most) {
        if (!(values.get(name) instanceof List<?> list)) {
            throw malformed(name + ": no list of whole numbers", "list of user ids");
        }
        if (list.size() > most) {
            throw tooLarge(name + ": " + list.size() + " items", "at most " + most);
        }
        List<Long> ids = new ArrayList<>(list.size());
        for (var item : list) {
            if (!(item instanceof Long id) || id < 1 || id > ConversationId.MAX_ID) {
                throw malformed(name + ": out of range", "list of user ids");
            }
            ids.add(id);
        }
        return List.copyOf(ids);
    }

    @Nullable
    Arguments objectOrNull(String name) {
        var value = values.get(name);
        if (value == null || value instanceof Arguments) {
            return (Arguments) value;
        }
        throw malformed(name + ": no object", "object");
    }

    MessageId messageId(String name) {
        var id = MessageId.parse(text(name, 1, 128));
        if (id == null) {
            throw malformed(name + ": no message id", "<conversation>:<seq>");
        }
        return id;
    }

    static Refused malformed(String culprit, String expected) {
        return new Refused(ErrorCode.MALFORMED, culprit, expected);
    }

    static Refused tooLarge(String culprit, String expected) {
        return new Refused(ErrorCode.TOO_LARGE, culprit, expected);
    }

    static Refused unsupported(String culprit, String expected) {
        return new Refused(ErrorCode.UNSUPPORTED, culprit, expected);
    }
}

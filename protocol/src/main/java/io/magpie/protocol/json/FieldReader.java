package io.magpie.protocol.json;

import io.magpie.protocol.frame.Field;
import io.magpie.protocol.frame.Fields;
import io.magpie.protocol.frame.Refused;
import io.magpie.protocol.frame.Utf8;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.JsonRecyclerPools;

/// Streams one JSON object into [Fields]. Thread-safe.
final class FieldReader {
    private static final Field[] FIELDS = Field.values();
    private static final String EXPECTED = "one JSON object";

    private final int depth;
    private final JsonFactory factory;
    private final PropertyNameMatcher matcher;

    /// @param depth how deep objects and lists may nest
    FieldReader(int depth) {
        this.depth = depth;
        // Interning would keep the names that clients make up.
        factory = JsonFactory.builder()
                .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
                .recyclerPool(JsonRecyclerPools.threadLocalPool())
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(depth).build())
                .build();
        matcher = factory.constructNameMatcher(List.of(FIELDS), true);
    }

    /// What was read before a refusal stays in `into`.
    ///
    /// @throws Refused unless the frame is one JSON object in UTF-8
    void read(byte[] frame, Fields into) {
        if (!Utf8.valid(frame)) {
            throw Refused.malformed("frame: invalid UTF-8", EXPECTED);
        }
        if (!opens(frame)) {
            throw Refused.malformed("frame: no object", EXPECTED);
        }
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), frame)) {
            parser.nextToken();
            readObject(parser, frame, into);
            if (parser.nextToken() != null) {
                throw Refused.malformed("frame: more than one value", EXPECTED);
            }
        } catch (StreamConstraintsException _) {
            throw Refused.malformed(
                    "frame: too deep, or a number or name too long", "at most " + depth + " levels, 1000 digits");
        } catch (JacksonException _) {
            // The parser's own message may quote what people wrote.
            throw Refused.malformed("frame: not JSON", EXPECTED);
        }
    }

    /// The only item of a list as compact JSON.
    ///
    /// @throws Refused unless `list` is a list of one item
    String onlyItem(byte[] list) {
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), list)) {
            if (parser.nextToken() == JsonToken.START_ARRAY && parser.nextToken() != JsonToken.END_ARRAY) {
                String item = RawJson.compact(parser, list);
                if (parser.nextToken() == JsonToken.END_ARRAY && parser.nextToken() == null) {
                    return item;
                }
            }
        } catch (JacksonException _) {
            throw Refused.malformed("value: not JSON", "one JSON value");
        }
        throw Refused.malformed("value: more or less than one", "one JSON value");
    }

    /// Whether an object begins here. A byte order mark or a zero byte would make the parser take the frame for
    /// another encoding than UTF-8.
    private static boolean opens(byte[] frame) {
        int i = 0;
        while (i < frame.length && RawJson.isSpace(frame[i])) {
            i++;
        }
        return i < frame.length && frame[i] == '{' && (i + 1 == frame.length || frame[i + 1] != 0);
    }

    private void readObject(JsonParser parser, byte[] frame, Fields into) {
        while (true) {
            int match = parser.nextNameMatch(matcher);
            if (match == PropertyNameMatcher.MATCH_END_OBJECT) {
                return;
            }
            JsonToken token = parser.nextToken();
            if (match < 0) {
                parser.skipChildren();
            } else if (FIELDS[match] == Field.DATA) {
                into.put(Field.DATA, RawJson.compact(parser, frame));
            } else {
                into.put(FIELDS[match], value(parser, token, frame, into, FIELDS[match]));
            }
        }
    }

    private @Nullable Object value(JsonParser parser, JsonToken token, byte[] frame, Fields parent, Field field) {
        return switch (token) {
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> whole(parser);
            case VALUE_NUMBER_FLOAT -> new Fields.Decimal(parser.getString());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case START_OBJECT -> {
                Fields nested = parent.nested(field);
                readObject(parser, frame, nested);
                yield nested;
            }
            case START_ARRAY -> items(parser, frame, parent, field);
            default -> null;
        };
    }

    private List<@Nullable Object> items(JsonParser parser, byte[] frame, Fields parent, Field field) {
        List<@Nullable Object> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(parser, token, frame, parent, field));
        }
        return items;
    }

    private static Object whole(JsonParser parser) {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? new Fields.Decimal(parser.getString())
                : (Object) parser.getLongValue();
    }
}

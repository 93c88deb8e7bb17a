package io.magpie.gateway.socketio;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/// Checks the JSON of a packet and finds its parts, without building anything of it. Thread-safe.
final class Payload {
    /// Names of events that clients keep for themselves.
    private static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    private static final int MAX_NAME_CHARS = 256;
    private static final int MAX_DEPTH = 64;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            // Interning would keep the names that clients make up.
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .recyclerPool(JsonRecyclerPools.threadLocalPool())
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    /// @param name of the event; empty for acknowledgements
    /// @param arguments the JSON between the brackets, behind the name
    record Parts(String name, ByteBuf arguments) {}

    private Payload() {}

    /// A non-empty array whose first item is the name of an event; null if it is something else.
    static @Nullable Parts event(ByteBuf json, int attachments) {
        return parts(json, attachments, true);
    }

    /// An array; null if it is something else.
    static @Nullable Parts ack(ByteBuf json, int attachments) {
        return parts(json, attachments, false);
    }

    /// One object, or nothing at all, which is the same as `{}`; null if it is something else.
    static @Nullable String object(ByteBuf json) {
        if (!json.isReadable()) {
            return "{}";
        }
        try (var parser = parser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            parser.skipChildren();
            return parser.nextToken() == null ? json.toString(StandardCharsets.UTF_8) : null;
        } catch (JacksonException _) {
            return null;
        }
    }

    private static @Nullable Parts parts(ByteBuf json, int attachments, boolean named) {
        if (!json.isReadable() || json.getByte(json.readerIndex()) != '[') {
            return null;
        }
        try (var parser = parser(json)) {
            parser.nextToken();
            var name = named ? name(parser) : "";
            if (name == null) {
                return null;
            }
            var placeholders = new BitSet(attachments);
            int from = -1;
            for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                from = from < 0 ? start(parser) : from;
                if (!scan(parser, token, attachments, placeholders)) {
                    return null;
                }
            }
            int to = start(parser);
            boolean whole = parser.nextToken() == null && placeholders.cardinality() == attachments;
            return whole
                    ? new Parts(name, json.slice(json.readerIndex() + Math.max(from, 0), from < 0 ? 0 : to - from))
                    : null;
        } catch (JacksonException _) {
            return null;
        }
    }

    private static JsonParser parser(ByteBuf json) {
        return FACTORY.createParser(
                ObjectReadContext.empty(), json.array(), json.arrayOffset() + json.readerIndex(), json.readableBytes());
    }

    private static int start(JsonParser parser) {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    private static @Nullable String name(JsonParser parser) {
        var token = parser.nextToken();
        if (token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NUMBER_INT) {
            return null;
        }
        var name = parser.getString();
        return name.length() > MAX_NAME_CHARS || RESERVED.contains(name) ? null : name;
    }

    /// Walks over one value; false if a placeholder in it names no attachment.
    private static boolean scan(JsonParser parser, JsonToken first, int attachments, BitSet placeholders) {
        if (attachments == 0) {
            parser.skipChildren();
            return true;
        }
        int depth = 0;
        boolean placeholder = false;
        for (var token = first; ; token = parser.nextToken()) {
            switch (token) {
                case START_OBJECT, START_ARRAY -> depth++;
                case END_OBJECT, END_ARRAY -> depth--;
                case PROPERTY_NAME -> {
                    var property = parser.currentName();
                    token = parser.nextToken();
                    if (property.equals("_placeholder")) {
                        placeholder = token == JsonToken.VALUE_TRUE;
                    } else if (placeholder && property.equals("num")) {
                        placeholder = false;
                        if (!names(parser, token, attachments, placeholders)) {
                            return false;
                        }
                    }
                    depth += token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY ? 1 : 0;
                }
                default -> {}
            }
            if (depth == 0) {
                return true;
            }
        }
    }

    private static boolean names(JsonParser parser, JsonToken token, int attachments, BitSet placeholders) {
        if (token != JsonToken.VALUE_NUMBER_INT || parser.getNumberType() != JsonParser.NumberType.INT) {
            return false;
        }
        int number = parser.getIntValue();
        if (number < 0 || number >= attachments) {
            return false;
        }
        placeholders.set(number);
        return true;
    }
}

package io.magpie.protocol.json;

import io.magpie.core.command.Command;
import io.magpie.core.command.ConversationItem;
import io.magpie.core.command.Event;
import io.magpie.core.command.PresenceState;
import io.magpie.core.command.Reply;
import io.magpie.core.command.Request;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.device.Platform;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Entry;
import io.magpie.core.log.Mentions;
import io.magpie.core.outcome.ErrorCode;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Writes the frames as TypeScript. Each record is filled, once with everything and once with as little as it can
/// hold, and written by the codec: what the codec writes are the fields, what it leaves out is optional.
final class TypeScriptFrames {
    private static final String HEAD = """
            // Generated from the server's records by TypeScriptTest, which also fails when the two differ.
            """;
    private static final JsonCodec CODEC = new JsonCodec();
    private static final JsonBodyCodec BODIES = new JsonBodyCodec();

    private final StringBuilder out = new StringBuilder(HEAD);

    private TypeScriptFrames() {}

    static String writeErrors() {
        var out = new StringBuilder(HEAD).append("\nexport const errorCodes = {\n");
        for (ErrorCode code : ErrorCode.values()) {
            out.append("  /** %s */%n".formatted(code.meaning()))
                    .append("  '%s': %d,%n".formatted(code.wireName(), code.httpStatus()));
        }
        return out.append("} as const;\n\nexport type ErrorCode = keyof typeof errorCodes;\n")
                .toString();
    }

    static String write() {
        return new TypeScriptFrames().all();
    }

    private String all() {
        out.append("import type { ErrorCode } from './errors.js';\n\n")
                .append("/** `d.<low>.<high>`, `g.<group>` or `n.<user>`. */\n")
                .append("export type ConversationId = string;\n")
                .append("export type Mentions = number[] | 'all';\n");
        union(
                "Content",
                Content.class,
                record -> JsonTree.of(BODIES.encode(message((Content) record))).getOrDefault("content", Map.of()));
        union("Body", Body.class, record -> JsonTree.of(BODIES.encode((Body) record)));
        shape("Entry", Entry.class, record -> JsonTree.of(CODEC.encodeEvent(new Event.EntryAdded((Entry) record))));
        shape("ConversationItem", ConversationItem.class, record -> first("items", conversations(record)));
        shape("PresenceState", PresenceState.class, record -> first("states", presence(record)));
        union("Request", Command.class, r -> JsonTree.of(CODEC.encodeRequest(new Request("1", (Command) r))));
        union("Reply", Reply.class, r -> JsonTree.of(CODEC.encodeReply("1", (Reply) r)));
        union("Push", Event.class, record -> JsonTree.of(CODEC.encodeEvent((Event) record)));
        return out.toString();
    }

    private static Body message(Content content) {
        return new Body.Message(content, 0, Mentions.NONE);
    }

    private static Map<String, Object> conversations(Object item) {
        return JsonTree.of(CODEC.encodeReply("1", new Reply.Conversations(List.of((ConversationItem) item), 0, null)));
    }

    private static Map<String, Object> presence(Object state) {
        return JsonTree.of(CODEC.encodeReply("1", new Reply.Presence(List.of((PresenceState) state))));
    }

    private static Object first(String list, Map<String, Object> in) {
        return in.get(list) instanceof List<?> items ? items.getFirst() : Map.of();
    }

    private void union(String name, Class<?> sealed, Function<Object, Object> encode) {
        List<String> names = new ArrayList<>();
        for (Class<?> record : sealed.getPermittedSubclasses()) {
            if (record.isRecord()) {
                String own = record.getSimpleName() + name;
                names.add(own);
                shape(own, record, encode);
            }
        }
        out.append("\nexport type ").append(name).append(" =\n");
        out.append(names.stream().map(own -> "  | " + own).collect(Collectors.joining("\n")))
                .append(";\n");
    }

    private void shape(String name, Class<?> record, Function<Object, Object> encode) {
        var samples = RecordSamples.of(record).stream()
                .map(encode)
                .map(JsonTree::object)
                .toList();
        out.append("\nexport interface ").append(name).append(" {\n");
        samples.stream().flatMap(json -> json.keySet().stream()).distinct().forEach(field -> {
            boolean always = samples.stream().allMatch(json -> json.containsKey(field));
            Object value = samples.stream()
                    .filter(json -> json.containsKey(field))
                    .map(json -> json.get(field))
                    .findFirst()
                    .orElseThrow();
            out.append("  ").append(field).append(always && !field.equals("id") ? ": " : "?: ");
            out.append(type(field, value, record)).append(";\n");
        });
        out.append("}\n");
    }

    private static String type(String field, Object value, Class<?> record) {
        for (RecordComponent component : RecordSamples.components(record)) {
            if (component.getName().equals(field)) {
                return RecordSamples.isListOf(component)
                        .map(element -> element.isEnum() ? "(" + type(element) + ")[]" : type(element) + "[]")
                        .orElseGet(() -> type(component.getType()));
            }
        }
        return switch (value) {
            case Number _ -> "number";
            case Boolean _ -> "boolean";
            case String _
            when record == ConversationItem.class && field.equals("kind") -> constants(ConversationId.Kind.class);
            case String text when field.equals("type") || field.equals("kind") -> "'" + text + "'";
            case String _ -> "string";
            default -> "unknown";
        };
    }

    private static String type(Class<?> java) {
        if (java == ErrorCode.class) {
            return "ErrorCode";
        }
        if (java.isEnum()) {
            return constants(java);
        }
        return switch (java.getSimpleName()) {
            case "long", "int", "double", "Long", "Integer" -> "number";
            case "boolean", "Boolean" -> "boolean";
            case "String" -> "string";
            case "Device" -> "{ id: string; platform: %s; name?: string }".formatted(platforms());
            default -> java.getSimpleName();
        };
    }

    private static String platforms() {
        return constants(Platform.class);
    }

    private static String constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> "'"
                        + ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-') + "'")
                .collect(Collectors.joining(" | "));
    }
}

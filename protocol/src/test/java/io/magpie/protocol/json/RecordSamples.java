package io.magpie.protocol.json;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Content;
import io.magpie.core.log.Mentions;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Values of any record, made from its components alone: one with everything, one with as little as it can hold,
/// and one for each further form of a component that has several.
final class RecordSamples {
    private RecordSamples() {}

    static List<Object> of(Class<?> record) {
        List<Object> samples = new ArrayList<>(List.of(make(record, true, 0), make(record, false, 0)));
        for (RecordComponent component : record.getRecordComponents()) {
            if (component.getType().isSealed() && !isText(component.getType())) {
                samples.add(make(record, true, 1));
            }
        }
        return samples;
    }

    /// The components of a record and of those records within it that the wire has no object for.
    static List<RecordComponent> components(Class<?> record) {
        List<RecordComponent> all = new ArrayList<>();
        for (RecordComponent component : record.getRecordComponents()) {
            all.add(component);
            if (component.getType().isRecord()) {
                all.addAll(components(component.getType()));
            }
        }
        return all;
    }

    static Optional<Class<?>> isListOf(RecordComponent component) {
        return component.getGenericType() instanceof ParameterizedType list
                        && list.getActualTypeArguments()[0] instanceof Class<?> element
                ? Optional.of(element)
                : Optional.empty();
    }

    private static boolean isText(Class<?> type) {
        return type == Content.class;
    }

    private static Object make(Class<?> record, boolean full, int form) {
        RecordComponent[] components = record.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = Arrays.stream(components)
                .map(component -> value(component, full, form))
                .toArray();
        try {
            Constructor<?> constructor = record.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(record + " cannot be made", e);
        }
    }

    private static @Nullable Object value(RecordComponent component, boolean full, int form) {
        if (!full && component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            return null;
        }
        if (component.getName().equals("dataJson")) {
            return "{}";
        }
        Optional<Class<?>> element = isListOf(component);
        if (element.isPresent()) {
            return full ? List.of(value(element.get(), true, form)) : List.of();
        }
        return value(component.getType(), full, form);
    }

    private static Object value(Class<?> type, boolean full, int form) {
        if (type == ConversationId.class) {
            return ConversationId.group(3);
        }
        if (type == Mentions.class) {
            return full ? new Mentions(false, List.of(5L)) : Mentions.NONE;
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[full ? type.getEnumConstants().length - 1 : 0];
        }
        if (type.isSealed()) {
            Class<?> chosen = type.getPermittedSubclasses()[form];
            return make(chosen, full, 0);
        }
        if (type.isRecord()) {
            return make(type, full, form);
        }
        return switch (type.getSimpleName()) {
            case "long", "Long" -> full ? 5L : 0L;
            case "int", "Integer" -> full ? 5 : 0;
            case "double" -> full ? 5.5 : 0.0;
            case "boolean", "Boolean" -> full;
            case "String" -> full ? "x" : "";
            default -> throw new IllegalArgumentException(type + " is no part of a frame");
        };
    }
}

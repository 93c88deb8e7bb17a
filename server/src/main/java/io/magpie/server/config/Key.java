package io.magpie.server.config;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One setting: its dotted name and where it is declared.
record Key(String name, RecordComponent component, Setting setting) {
    /// All settings of a record and of the groups in it, in the order they are declared.
    static List<Key> of(Class<?> group) {
        var keys = new ArrayList<Key>();
        collect("", group, keys);
        return List.copyOf(keys);
    }

    private static void collect(String prefix, Class<?> group, List<Key> keys) {
        for (RecordComponent component : group.getRecordComponents()) {
            Setting setting = component.getAnnotation(Setting.class);
            String name = prefix + component.getName();
            if (setting == null) {
                collect(name + ".", component.getType(), keys);
            } else {
                keys.add(new Key(name, component, setting));
            }
        }
    }

    String environmentName() {
        return "MAGPIE_" + name.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /// Whether it may stay without a value.
    boolean optional() {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    boolean secret() {
        return component.getType() == Secret.class || name.equals("auth.apiKeys");
    }

    /// What is expected, in words.
    String expected() {
        if (!setting.expected().isEmpty()) {
            return setting.expected();
        }
        Class<?> type = component.getType();
        if (type.isEnum()) {
            return String.join(", ", choices(type));
        }
        if (type == int.class || type == long.class) {
            return setting.max() == Long.MAX_VALUE
                    ? "a whole number from " + setting.min()
                    : setting.min() + ".." + setting.max();
        }
        if (type == boolean.class) {
            return "true, false";
        }
        if (type == List.class) {
            return "a list";
        }
        return type == Path.class ? "a path" : "text";
    }

    static List<String> choices(Class<?> type) {
        return Arrays.stream(type.getEnumConstants()).map(Key::choice).toList();
    }

    /// How a constant is written: `ONE_PER_PLATFORM` is `one-per-platform`.
    static String choice(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

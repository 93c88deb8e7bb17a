package io.magpie.server.config;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes records of what was written, or says what is wrong with it.
final class Binder {
    private static final String FROM_FILE = "file:";

    /// A group of settings; `values` knows what was written for a key.
    <R> R group(Class<R> type, String prefix, Function<String, @Nullable Written> values) {
        Object[] arguments = Arrays.stream(type.getRecordComponents())
                .map(component -> {
                    String name = prefix + component.getName();
                    Setting setting = component.getAnnotation(Setting.class);
                    return setting == null
                            ? group(component.getType(), name + ".", values)
                            : value(new Key(name, component, setting), values.apply(name));
                })
                .toArray();
        return construct(type, arguments);
    }

    private @Nullable Object value(Key key, @Nullable Written given) {
        if (given != null) {
            return typed(key, given);
        }
        String initial = key.setting().initial();
        if (!initial.isEmpty()) {
            return typed(key, new Written.Text(initial, "the defaults"));
        }
        if (key.optional()) {
            return null;
        }
        throw new SettingException("%s is missing (expected: %s)".formatted(key.name(), key.expected()));
    }

    private Object typed(Key key, Written given) {
        Class<?> type = key.component().getType();
        if (type == List.class) {
            return list(key, given);
        }
        if (!(given instanceof Written.Text(String text, var _))) {
            throw wrong(key, given);
        }
        if (type == int.class) {
            return (int) number(key, text, given);
        }
        if (type == long.class) {
            return number(key, text, given);
        }
        if (type == boolean.class) {
            return flag(key, text, given);
        }
        if (type == Path.class) {
            return path(key, text, given);
        }
        if (type == Secret.class) {
            return secret(key, text, given);
        }
        return type.isEnum() ? choice(key, type, text, given) : text(key, text, given);
    }

    private static long number(Key key, String text, Written given) {
        try {
            long number = Long.parseLong(text.strip().replace("_", ""));
            if (number >= key.setting().min() && number <= key.setting().max()) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Said below, as for a number out of range.
        }
        throw wrong(key, given);
    }

    private static boolean flag(Key key, String text, Written given) {
        return switch (text.strip()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(key, given);
        };
    }

    private static Path path(Key key, String text, Written given) {
        try {
            if (!text.isBlank()) {
                return Path.of(text);
            }
        } catch (InvalidPathException _) {
            // Said below, as for an empty one.
        }
        throw wrong(key, given);
    }

    private static String text(Key key, String text, Written given) {
        String pattern = key.setting().pattern();
        if (text.isBlank() || (!pattern.isEmpty() && !text.matches(pattern))) {
            throw wrong(key, given);
        }
        return text;
    }

    private static Secret secret(Key key, String text, Written given) {
        String value = text;
        if (text.startsWith(FROM_FILE)) {
            try {
                value = Files.readString(Path.of(text.substring(FROM_FILE.length())))
                        .strip();
            } catch (IOException | InvalidPathException _) {
                throw new SettingException(
                        "%s: %s from %s is no file that can be read".formatted(key.name(), text, given.place()));
            }
        }
        if (value.length() < Math.max(1, key.setting().min())) {
            throw wrong(key, given);
        }
        return new Secret(value);
    }

    private static Object choice(Key key, Class<?> type, String text, Written given) {
        return Stream.of(type.getEnumConstants())
                .filter(constant -> Key.choice(constant).equals(text.strip()))
                .findFirst()
                .orElseThrow(() -> wrong(key, given));
    }

    private List<?> list(Key key, Written given) {
        Class<?> item = itemType(key.component());
        return items(key, given).stream()
                .map(written -> item.isRecord() ? entry(key, item, written) : plain(key, written))
                .toList();
    }

    private static Class<?> itemType(RecordComponent list) {
        return (Class<?>) ((ParameterizedType) list.getGenericType()).getActualTypeArguments()[0];
    }

    /// A list in YAML, or one text with commas.
    private static List<Written> items(Key key, Written given) {
        return switch (given) {
            case Written.Items(List<Written> items, var _) -> items;
            case Written.Fields _ -> throw wrong(key, given);
            case Written.Text(String text, String place) -> {
                Optional<Written> yaml = YamlText.value(text, place);
                if (yaml.isPresent() && yaml.get() instanceof Written.Items(List<Written> items, var _)) {
                    yield items;
                }
                yield Stream.of(text.split(","))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .<Written>map(part -> new Written.Text(part, place))
                        .toList();
            }
        };
    }

    private static String plain(Key key, Written written) {
        if (written instanceof Written.Text(String text, var _)) {
            return text;
        }
        throw wrong(key, written);
    }

    private Object entry(Key key, Class<?> type, Written written) {
        if (!(written instanceof Written.Fields(Map<String, Written> fields, var _))) {
            throw wrong(key, written);
        }
        List<String> names = Key.of(type).stream().map(Key::name).toList();
        fields.keySet().stream()
                .filter(name -> !names.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new SettingException("%s: field %s from %s is unknown (expected: %s)"
                            .formatted(key.name(), name, written.place(), String.join(", ", names)));
                });
        String prefix = key.name() + ".";
        return group(type, prefix, name -> fields.get(name.substring(prefix.length())));
    }

    private static SettingException wrong(Key key, Written given) {
        String shown = given instanceof Written.Text(String text, var _) && !key.secret()
                ? text.isBlank() ? "nothing" : text
                : key.secret() ? Secret.HIDDEN : "more than one value";
        return new SettingException(
                "%s: %s from %s (expected: %s)".formatted(key.name(), shown, given.place(), key.expected()));
    }

    private static <R> R construct(Class<R> type, Object[] arguments) {
        try {
            Class<?>[] types = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            Constructor<R> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + type, e);
        }
    }
}

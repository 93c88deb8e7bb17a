package io.magpie.protocol.protobuf;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The constants of an enumeration by number and by their name in the JSON form: `CODE_TOO_LARGE` is `too-large`.
/// Immutable.
final class EnumNames {
    private final @Nullable String[] names;
    private final Map<String, Integer> numbers = new HashMap<>();

    EnumNames(EnumDescriptor type) {
        int prefix = "UNSPECIFIED".length();
        int cut = type.findValueByNumber(0).getName().length() - prefix;
        names = new String[type.getValues().size()];
        for (EnumValueDescriptor value : type.getValues()) {
            if (value.getNumber() != 0) {
                String name =
                        value.getName().substring(cut).toLowerCase(Locale.ROOT).replace('_', '-');
                names[value.getNumber()] = name;
                numbers.put(name, value.getNumber());
            }
        }
    }

    /// The number as text if nobody has it; null for 0, which says nothing.
    @Nullable
    String name(int number) {
        if (number == 0) {
            return null;
        }
        String name = number > 0 && number < names.length ? names[number] : null;
        return name == null ? Integer.toString(number) : name;
    }

    int number(String name) {
        Integer number = numbers.get(name);
        if (number == null) {
            throw new IllegalStateException(name + ": not in magpie.proto");
        }
        return number;
    }
}

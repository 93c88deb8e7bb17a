package io.magpie.protocol.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.magpie.protocol.frame.Field;
import io.magpie.protocol.v1.Frame;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A message of `magpie.proto` laid out for reading and writing. A message with a `oneof` is a union: the alternative
/// is what `type` or `kind` says in the JSON form. Built once from the descriptor; immutable then.
final class Shape {
    /// Members of [Frame] that clients say; all others are the server's.
    private static final int FIRST_REQUEST = 2;

    private static final int LAST_REQUEST = 15;
    private static final String ENDING = "_push";
    private static final String EVERYBODY = "mention_all";

    private final @Nullable Part[] byNumber;
    private final Map<Field, Part> byField = new EnumMap<>(Field.class);
    private final Map<String, Part> members = new HashMap<>();
    private final List<Part> implicit = new ArrayList<>();
    private @Nullable Field union;
    private @Nullable Part everybody;

    private Shape(Descriptor message) {
        int last = message.getFields().stream()
                .mapToInt(FieldDescriptor::getNumber)
                .max()
                .orElse(0);
        byNumber = new Part[last + 1];
    }

    /// What clients say.
    static Shape ofRequests() {
        return of(Frame.getDescriptor(), Shape::isRequest, new HashMap<>());
    }

    /// What servers say.
    static Shape ofServer() {
        return of(Frame.getDescriptor(), number -> !isRequest(number), new HashMap<>());
    }

    private static boolean isRequest(int number) {
        return number >= FIRST_REQUEST && number <= LAST_REQUEST;
    }

    private static Shape of(Descriptor message, Predicate<Integer> spoken, Map<Descriptor, Shape> known) {
        Shape shape = known.get(message);
        if (shape == null) {
            shape = new Shape(message);
            known.put(message, shape);
            for (FieldDescriptor field : message.getFields()) {
                boolean direction = message.equals(Frame.getDescriptor()) && field.getRealContainingOneof() != null;
                if (!direction || spoken.test(field.getNumber())) {
                    shape.add(field, spoken, known);
                }
            }
        }
        return shape;
    }

    private void add(FieldDescriptor field, Predicate<Integer> spoken, Map<Descriptor, Shape> known) {
        boolean member = field.getRealContainingOneof() != null;
        Part.Sort sort = member ? Part.Sort.MEMBER : sort(field);
        String name = member ? memberName(field) : field.getName();
        Part part = new Part(
                field.getNumber(),
                name,
                Field.named(
                        member
                                ? field.getRealContainingOneof().getName()
                                : sort == Part.Sort.EVERYBODY ? "mentions" : field.getJsonName()),
                sort,
                field.isRepeated(),
                field.hasPresence(),
                field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                        ? of(field.getMessageType(), spoken, known)
                        : null,
                field.getJavaType() == FieldDescriptor.JavaType.ENUM ? new EnumNames(field.getEnumType()) : null);
        byNumber[part.number()] = part;
        switch (sort) {
            case MEMBER -> {
                union = part.field();
                members.put(name, part);
            }
            case EVERYBODY -> everybody = part;
            default -> {
                byField.put(part.field(), part);
                if (part.byDefault() != null) {
                    implicit.add(part);
                }
            }
        }
    }

    private static String memberName(FieldDescriptor field) {
        String name = field.getName();
        return (name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name).intern();
    }

    private static Part.Sort sort(FieldDescriptor field) {
        return switch (field.getType()) {
            case STRING -> field.getName().equals("data") ? Part.Sort.JSON : Part.Sort.TEXT;
            case INT64 -> Part.Sort.NUMBER;
            case BOOL -> field.getName().equals(EVERYBODY) ? Part.Sort.EVERYBODY : Part.Sort.FLAG;
            case DOUBLE -> Part.Sort.DECIMAL;
            case ENUM -> Part.Sort.CHOICE;
            case MESSAGE -> Part.Sort.MESSAGE;
            default ->
                throw new IllegalStateException("%s: of type %s (expected: one that magpie.proto uses)"
                        .formatted(field.getFullName(), field.getType().name().toLowerCase(Locale.ROOT)));
        };
    }

    @Nullable
    Part numbered(int number) {
        return number < byNumber.length ? byNumber[number] : null;
    }

    /// Null for the members of a union, see [#member].
    @Nullable
    Part part(Field field) {
        return byField.get(field);
    }

    Part member(String name) {
        Part member = members.get(name);
        if (member == null) {
            throw new IllegalStateException(name + ": not in magpie.proto");
        }
        return member;
    }

    /// The field that names the alternative; null if this is no union.
    @Nullable
    Field union() {
        return union;
    }

    /// What has a default when it is absent.
    List<Part> implicit() {
        return implicit;
    }

    Part everybody() {
        if (everybody == null) {
            throw new IllegalStateException("no mention_all here");
        }
        return everybody;
    }
}

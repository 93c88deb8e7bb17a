package io.magpie.protocol.protobuf;

import com.google.protobuf.WireFormat;
import io.magpie.protocol.frame.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One field of a message of `magpie.proto`. Immutable.
///
/// @param name of a member of a union: how `type` or `kind` calls it
/// @param field what it is in the JSON form; of a member of a union, the field that names it
/// @param explicit absence says something; otherwise an absent one has the default of its type
/// @param shape of a message
/// @param names of an enumeration
record Part(
        int number,
        String name,
        Field field,
        Sort sort,
        boolean repeated,
        boolean explicit,
        @Nullable Shape shape,
        @Nullable EnumNames names) {

    enum Sort {
        TEXT(WireType.BYTES),
        /// Text that is JSON.
        JSON(WireType.BYTES),
        NUMBER(WireType.VARINT),
        FLAG(WireType.VARINT),
        DECIMAL(WireType.FIXED64),
        CHOICE(WireType.VARINT),
        MESSAGE(WireType.BYTES),
        /// A message that is one of the alternatives of its parent; its fields count as the parent's.
        MEMBER(WireType.BYTES),
        /// `mention_all`, in JSON another value of `mentions`.
        EVERYBODY(WireType.VARINT);

        final WireType wireType;

        Sort(WireType wireType) {
            this.wireType = wireType;
        }
    }

    enum WireType {
        VARINT(WireFormat.WIRETYPE_VARINT),
        FIXED64(WireFormat.WIRETYPE_FIXED64),
        BYTES(WireFormat.WIRETYPE_LENGTH_DELIMITED);

        final int number;

        WireType(int number) {
            this.number = number;
        }
    }

    /// What an absent one holds; null if it is absent then.
    @Nullable
    Object byDefault() {
        if (repeated) {
            return List.of();
        }
        if (explicit) {
            return null;
        }
        return switch (sort) {
            case TEXT -> "";
            case NUMBER -> 0L;
            case FLAG -> false;
            case DECIMAL -> 0.0;
            case JSON, CHOICE, MESSAGE, MEMBER, EVERYBODY -> null;
        };
    }

    Shape nested() {
        if (shape == null) {
            throw new IllegalStateException(name + ": no message");
        }
        return shape;
    }

    EnumNames choices() {
        if (names == null) {
            throw new IllegalStateException(name + ": no enumeration");
        }
        return names;
    }

    /// Whether many values stand behind one tag.
    boolean packs() {
        return repeated && sort.wireType == WireType.VARINT;
    }
}

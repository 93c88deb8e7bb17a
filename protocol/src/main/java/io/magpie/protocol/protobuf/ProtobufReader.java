package io.magpie.protocol.protobuf;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.magpie.protocol.frame.Field;
import io.magpie.protocol.frame.Fields;
import io.magpie.protocol.frame.Refused;
import io.magpie.protocol.json.JsonText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Streams one protobuf message into [Fields], as a generated parser would take it: unknown fields and fields of an
/// unexpected wire type are skipped, of repeated single values the last one counts, messages given twice are merged,
/// of a `oneof` the last alternative counts. Thread-safe.
final class ProtobufReader {
    private static final String ALL = "all";

    private final Shape shape;
    private final JsonText json;
    private final boolean strict;

    /// @param strict whether data that is no JSON is refused; otherwise it counts as absent
    ProtobufReader(Shape shape, JsonText json, boolean strict) {
        this.shape = shape;
        this.json = json;
        this.strict = strict;
    }

    /// What was read before a refusal stays in `into`.
    ///
    /// @throws Refused unless the bytes are a message
    void read(byte[] frame, Fields into) {
        CodedInputStream in = CodedInputStream.newInstance(frame);
        try {
            // So that no length inside may reach beyond the end.
            in.pushLimit(frame.length);
            message(in, shape, into);
        } catch (IOException _) {
            throw Refused.malformed("frame: not protobuf, or a text not UTF-8", "one Frame of magpie.proto");
        }
    }

    private void message(CodedInputStream in, Shape of, Fields into) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int number = WireFormat.getTagFieldNumber(tag);
            Part part = of.numbered(number);
            if (part == null || !value(in, part, WireFormat.getTagWireType(tag), into)) {
                if (!in.skipField(tag)) {
                    throw new IOException("the end of a group that did not begin");
                }
                if (part == null) {
                    unknown(of, number, WireFormat.getTagWireType(tag), into);
                }
            }
        }
        for (Part part : of.implicit()) {
            if (!into.has(part.field())) {
                into.put(part.field(), part.byDefault());
            }
        }
    }

    /// A message that stands where alternatives stand is an alternative this version does not know.
    private static void unknown(Shape of, int number, int wireType, Fields into) {
        Field union = of.union();
        if (union != null && wireType == WireFormat.WIRETYPE_LENGTH_DELIMITED && !into.has(union)) {
            into.put(union, Integer.toString(number));
        }
    }

    /// False if the wire type is not that of the field.
    private boolean value(CodedInputStream in, Part part, int wireType, Fields into) throws IOException {
        if (part.packs() && wireType == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
            int outer = in.pushLimit(in.readRawVarint32());
            while (in.getBytesUntilLimit() > 0) {
                add(into, part.field(), scalar(in, part));
            }
            in.popLimit(outer);
            return true;
        }
        if (wireType != part.sort().wireType.number) {
            return false;
        }
        switch (part.sort()) {
            case MEMBER -> member(in, part, into);
            case MESSAGE -> object(in, part, into);
            case JSON -> into.put(part.field(), data(in.readStringRequireUtf8(), part.field(), into));
            case EVERYBODY -> everybody(in.readBool(), part.field(), into);
            case TEXT, NUMBER, FLAG, DECIMAL, CHOICE -> {
                Object value = scalar(in, part);
                if (part.repeated()) {
                    add(into, part.field(), value);
                } else {
                    into.put(part.field(), value);
                }
            }
        }
        return true;
    }

    private static @Nullable Object scalar(CodedInputStream in, Part part) throws IOException {
        return switch (part.sort()) {
            case TEXT -> in.readStringRequireUtf8();
            case NUMBER -> in.readInt64();
            case FLAG -> in.readBool();
            case DECIMAL -> in.readDouble();
            case CHOICE -> part.choices().name(in.readEnum());
            case JSON, MESSAGE, MEMBER, EVERYBODY -> throw new IllegalStateException(part.name() + ": no scalar");
        };
    }

    private void member(CodedInputStream in, Part part, Fields into) throws IOException {
        Object before = into.get(part.field());
        if (before != null && !before.equals(part.name())) {
            Object id = into.get(Field.ID);
            into.clear();
            into.put(Field.ID, id);
        }
        into.put(part.field(), part.name());
        nested(in, part.nested(), into);
    }

    private void object(CodedInputStream in, Part part, Fields into) throws IOException {
        Fields object = !part.repeated() && into.get(part.field()) instanceof Fields merged
                ? merged
                : into.nested(part.field());
        // First, so that what stands before a break is there.
        if (part.repeated()) {
            add(into, part.field(), object);
        } else {
            into.put(part.field(), object);
        }
        nested(in, part.nested(), object);
    }

    private void nested(CodedInputStream in, Shape of, Fields into) throws IOException {
        int outer = in.pushLimit(in.readRawVarint32());
        message(in, of, into);
        in.popLimit(outer);
    }

    private @Nullable String data(String text, Field field, Fields into) {
        String compact = json.compact(text);
        if (compact == null && strict) {
            throw into.unexpected(field, text, "one JSON value, at most " + json.depth() + " levels deep");
        }
        return compact;
    }

    private static void everybody(boolean all, Field field, Fields into) {
        if (all) {
            into.put(field, ALL);
        } else if (ALL.equals(into.get(field))) {
            into.put(field, List.of());
        }
    }

    private static void add(Fields into, Field field, @Nullable Object value) {
        Object before = into.get(field);
        if (before instanceof ArrayList<?>) {
            @SuppressWarnings("unchecked") // Only lists made here are in the bag.
            ArrayList<@Nullable Object> list = (ArrayList<@Nullable Object>) before;
            list.add(value);
        } else if (!ALL.equals(before)) {
            ArrayList<@Nullable Object> list = new ArrayList<>();
            list.add(value);
            into.put(field, list);
        }
    }
}

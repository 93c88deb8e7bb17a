package io.magpie.protocol.protobuf;

import io.magpie.protocol.frame.Field;
import io.magpie.protocol.frame.FrameWriter;
import org.jspecify.annotations.Nullable;

/// Writes a message in one pass. What has the default of its type is left out where absence means the same. For one
/// frame and one thread.
final class ProtobufWriter implements FrameWriter {
    private final ProtobufBytes out = new ProtobufBytes();
    private final Shape root;
    private @Nullable Level top;

    /// An object that is being written.
    private static final class Level {
        final @Nullable Level parent;
        final Shape shape;
        /// Where it begins; 0 for the frame, which has no length before it.
        final int start;
        /// Whether it is the alternative of a union, which ends with it.
        final boolean member;
        /// The alternative that was named but has no field yet.
        @Nullable
        Part pending;

        @Nullable
        Part list;

        /// Where the packed values of the list begin; 0 if there are none yet.
        int packed;

        Level(@Nullable Level parent, Shape shape, int start, boolean member) {
            this.parent = parent;
            this.shape = shape;
            this.start = start;
            this.member = member;
        }
    }

    ProtobufWriter(Shape root) {
        this.root = root;
    }

    @Override
    public ProtobufWriter open() {
        if (top == null) {
            top = new Level(null, root, 0, false);
        } else {
            begin(list(top), false);
        }
        return this;
    }

    @Override
    public ProtobufWriter open(Field field) {
        begin(known(field), false);
        return this;
    }

    @Override
    public ProtobufWriter close() {
        Level level = top();
        if (level.pending != null) {
            level = begin(level.pending, true);
        }
        boolean member = level.member;
        end(level);
        if (member) {
            end(top());
        }
        return this;
    }

    private Level begin(Part part, boolean member) {
        top().pending = null;
        out.tag(part.number(), Part.WireType.BYTES);
        Level level = new Level(top, part.nested(), out.beginLength(), member);
        top = level;
        return level;
    }

    private void end(Level level) {
        if (level.parent != null) {
            out.endLength(level.start);
            top = level.parent;
        }
    }

    @Override
    public ProtobufWriter openList(Field field) {
        Part part = known(field);
        Level level = top();
        level.list = part;
        level.packed = 0;
        return this;
    }

    @Override
    public ProtobufWriter closeList() {
        Level level = top();
        if (level.packed > 0) {
            out.endLength(level.packed);
        }
        level.list = null;
        return this;
    }

    @Override
    public ProtobufWriter item(long value) {
        pack(top());
        out.varint(value);
        return this;
    }

    @Override
    public ProtobufWriter item(String value) {
        Level level = top();
        Part part = list(level);
        if (part.sort() == Part.Sort.CHOICE) {
            pack(level);
            out.varint(part.choices().number(value));
        } else {
            out.tag(part.number(), Part.WireType.BYTES);
            out.text(value);
        }
        return this;
    }

    private void pack(Level level) {
        if (level.packed == 0) {
            out.tag(list(level).number(), Part.WireType.BYTES);
            level.packed = out.beginLength();
        }
    }

    @Override
    public ProtobufWriter text(Field field, String value) {
        Level level = top();
        if (field == level.shape.union()) {
            level.pending = level.shape.member(value);
            return this;
        }
        Part part = part(field);
        if (part == null) {
            // An entry says its type only where JSON needs it.
            return this;
        }
        switch (part.sort()) {
            case CHOICE -> {
                out.tag(part.number(), Part.WireType.VARINT);
                out.varint(part.choices().number(value));
            }
            case NUMBER -> {
                out.tag(top().shape.everybody().number(), Part.WireType.VARINT);
                out.varint(1);
            }
            default -> {
                if (part.explicit() || !value.isEmpty()) {
                    out.tag(part.number(), Part.WireType.BYTES);
                    out.text(value);
                }
            }
        }
        return this;
    }

    @Override
    public ProtobufWriter json(Field field, String json) {
        return text(field, json);
    }

    @Override
    public ProtobufWriter number(Field field, long value) {
        return varint(known(field), value);
    }

    @Override
    public ProtobufWriter flag(Field field, boolean value) {
        return varint(known(field), value ? 1 : 0);
    }

    private ProtobufWriter varint(Part part, long value) {
        if (part.explicit() || value != 0) {
            out.tag(part.number(), Part.WireType.VARINT);
            out.varint(value);
        }
        return this;
    }

    @Override
    public ProtobufWriter decimal(Field field, double value) {
        Part part = known(field);
        long bits = Double.doubleToRawLongBits(value);
        if (part.explicit() || bits != 0) {
            out.tag(part.number(), Part.WireType.FIXED64);
            out.fixed64(bits);
        }
        return this;
    }

    @Override
    public byte[] bytes() {
        return out.bytes();
    }

    private Part known(Field field) {
        Part part = part(field);
        if (part == null) {
            throw new IllegalStateException(field.getName() + ": not in this message of magpie.proto");
        }
        return part;
    }

    /// The first field that is not the union's own begins the alternative that was named.
    private @Nullable Part part(Field field) {
        Level level = top();
        Part part = level.shape.part(field);
        if (part == null && level.pending != null) {
            part = begin(level.pending, true).shape.part(field);
        }
        return part;
    }

    private Level top() {
        if (top == null) {
            throw new IllegalStateException("nothing is open");
        }
        return top;
    }

    private static Part list(Level level) {
        if (level.list == null) {
            throw new IllegalStateException("no list is open");
        }
        return level.list;
    }
}

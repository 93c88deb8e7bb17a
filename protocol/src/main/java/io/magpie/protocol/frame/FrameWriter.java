package io.magpie.protocol.frame;

import org.jspecify.annotations.Nullable;

/// Takes a frame field by field, in one form. Never fails. For one frame and one thread.
///
/// Before its other fields an object names what it is by `type` or `kind`, where it has them.
public interface FrameWriter {
    /// Begins the frame, or an object of a list.
    FrameWriter open();

    FrameWriter open(Field field);

    FrameWriter close();

    FrameWriter openList(Field field);

    FrameWriter closeList();

    FrameWriter text(Field field, String value);

    FrameWriter number(Field field, long value);

    FrameWriter decimal(Field field, double value);

    FrameWriter flag(Field field, boolean value);

    /// A value that is JSON already.
    FrameWriter json(Field field, String json);

    FrameWriter item(long value);

    FrameWriter item(String value);

    default FrameWriter textUnlessNull(Field field, @Nullable String value) {
        return value == null ? this : text(field, value);
    }

    default FrameWriter numberUnlessZero(Field field, long value) {
        return value == 0 ? this : number(field, value);
    }

    /// What was written.
    byte[] bytes();
}

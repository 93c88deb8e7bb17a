package io.magpie.adapter.media;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// How a camera was held, out of what it noted in the picture.
final class Exif {
    private static final int ORIENTATION = 0x0112;
    private static final int ENTRY = 12;

    private Exif() {}

    /// 1 to 8, as in EXIF; 1 (upright) if nothing sensible is said.
    ///
    /// @param tiff from the byte order mark on
    static int orientation(byte[] tiff) {
        try {
            var data = ByteBuffer.wrap(tiff);
            data.order(data.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            int directory = data.getInt(4);
            int entries = Short.toUnsignedInt(data.getShort(directory));
            for (int i = 0; i < entries; i++) {
                int entry = directory + 2 + i * ENTRY;
                if (Short.toUnsignedInt(data.getShort(entry)) == ORIENTATION) {
                    int value = data.getShort(entry + 8);
                    return value >= 1 && value <= 8 ? value : 1;
                }
            }
        } catch (IndexOutOfBoundsException | BufferUnderflowException _) {
            // What is broken says nothing.
        }
        return 1;
    }

    /// Whether width and height change places.
    static boolean lies(int orientation) {
        return orientation >= 5;
    }
}

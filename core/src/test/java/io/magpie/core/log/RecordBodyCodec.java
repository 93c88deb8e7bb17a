package io.magpie.core.log;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A body codec for tests of stores: any body, its records taken apart by reflection. Nothing else reads its form.
public final class RecordBodyCodec implements BodyCodec {
    @Override
    public byte[] encode(Body body) {
        try {
            var bytes = new ByteArrayOutputStream();
            write(new DataOutputStream(bytes), body);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Body decode(byte[] stored) {
        try {
            var value = read(new DataInputStream(new ByteArrayInputStream(stored)));
            if (value instanceof Body body) {
                return body;
            }
            throw unknown(String.valueOf(value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(DataOutputStream out, @Nullable Object value)
            throws IOException, ReflectiveOperationException {
        switch (value) {
            case null -> out.writeByte('n');
            case Long number -> {
                out.writeByte('l');
                out.writeLong(number);
            }
            case Integer number -> {
                out.writeByte('i');
                out.writeInt(number);
            }
            case Double number -> {
                out.writeByte('d');
                out.writeDouble(number);
            }
            case Boolean flag -> {
                out.writeByte('b');
                out.writeBoolean(flag);
            }
            case String text -> {
                out.writeByte('s');
                out.writeUTF(text);
            }
            case Enum<?> constant -> {
                out.writeByte('e');
                out.writeUTF(constant.getDeclaringClass().getName());
                out.writeUTF(constant.name());
            }
            case List<?> list -> {
                out.writeByte('a');
                out.writeInt(list.size());
                for (var element : list) {
                    write(out, element);
                }
            }
            case Record record -> {
                out.writeByte('r');
                out.writeUTF(record.getClass().getName());
                for (var component : record.getClass().getRecordComponents()) {
                    write(out, component.getAccessor().invoke(record));
                }
            }
            default -> throw unknown(value.getClass().getName());
        }
    }

    private static @Nullable Object read(DataInputStream in) throws IOException, ReflectiveOperationException {
        char tag = (char) in.readByte();
        return switch (tag) {
            case 'n' -> null;
            case 'l' -> in.readLong();
            case 'i' -> in.readInt();
            case 'd' -> in.readDouble();
            case 'b' -> in.readBoolean();
            case 's' -> in.readUTF();
            case 'e' -> constant(Class.forName(in.readUTF()), in.readUTF());
            case 'a' -> {
                var list = new ArrayList<@Nullable Object>();
                for (int left = in.readInt(); left > 0; left--) {
                    list.add(read(in));
                }
                yield List.copyOf(list);
            }
            case 'r' -> {
                var type = Class.forName(in.readUTF());
                var components = type.getRecordComponents();
                var values = new @Nullable Object[components.length];
                for (int i = 0; i < values.length; i++) {
                    values[i] = read(in);
                }
                yield type.getDeclaredConstructor(Arrays.stream(components)
                                .map(component -> component.getType())
                                .toArray(Class<?>[]::new))
                        .newInstance(values);
            }
            default -> throw unknown("tag " + tag);
        };
    }

    private static @Nullable Object constant(Class<?> type, String name) {
        for (var constant : type.getEnumConstants()) {
            if (constant.toString().equals(name)) {
                return constant;
            }
        }
        throw unknown(name);
    }

    private static IllegalStateException unknown(String what) {
        return new IllegalStateException(what + " (expected: what a body is made of)");
    }
}

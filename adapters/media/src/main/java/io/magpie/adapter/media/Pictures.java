package io.magpie.adapter.media;

import io.magpie.core.file.Media;
import io.magpie.core.file.MediaInspector.Inspected;
import io.magpie.core.file.MediaInspector.Preview;
import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.FileImageOutputStream;

/// Cleans pictures, turns them upright and makes small ones of them. What a picture would take in memory is known
/// from its head, before anything is decoded.
final class Pictures {
    private static final int PREVIEW_SIDE = 640;
    private static final int BLUR_SIDE = 32;

    /// A picture that is as small as this is its own preview.
    private static final long PREVIEW_BYTES = 64 << 10;

    private static final float QUALITY = 0.92f;
    private static final float PREVIEW_QUALITY = 0.8f;

    private final long mostPixels;
    private final Memory memory = new Memory();

    Pictures(long mostPixels) {
        this.mostPixels = mostPixels;
        // Its cache is files in a folder of the machine; reading goes from a file already.
        ImageIO.setUseCache(false);
    }

    private record Size(int width, int height) {
        long pixels() {
            return (long) width * height;
        }

        Size turned(int orientation) {
            return Exif.lies(orientation) ? new Size(/* width= */ height, /* height= */ width) : this;
        }
    }

    Inspected inspect(Format format, Path file, Path folder) throws IOException, InterruptedException {
        Path clean = folder.resolve("clean");
        var cleaned = clean(format, file, clean);
        var size = size(format, clean);
        if (size.pixels() > mostPixels) {
            throw new BrokenMediaException(
                    size.width() + " x " + size.height() + " pixels (expected: at most " + mostPixels + " in all)");
        }
        if (cleaned.orientation() == 1) {
            return finish(format, size, cleaned, clean, folder);
        }
        Path upright = folder.resolve("upright");
        var kept = memory.with(needed(size.pixels() * 8), () -> turn(format, clean, cleaned, upright));
        return finish(kept, size.turned(cleaned.orientation()), new Cleaned(1, false), upright, folder);
    }

    private static Cleaned clean(Format format, Path from, Path to) throws IOException {
        if (format == Format.WEBP) {
            return WebpCleaner.clean(from, to);
        }
        try (var in = new BufferedInputStream(Files.newInputStream(from));
                var out = new BufferedOutputStream(Files.newOutputStream(to))) {
            return switch (format) {
                case JPEG -> JpegCleaner.clean(in, out);
                case PNG -> PngCleaner.clean(in, out);
                default -> GifCleaner.clean(in, out);
            };
        } catch (EOFException e) {
            throw new BrokenMediaException("it ends too early", e);
        }
    }

    private Inspected finish(Format format, Size size, Cleaned cleaned, Path bytes, Path folder)
            throws IOException, InterruptedException {
        int step = Math.max(1, Math.max(size.width(), size.height()) / (2 * PREVIEW_SIDE));
        long decoded = format == Format.WEBP ? size.pixels() * 8 : size.pixels() / ((long) step * step) * 8;
        BufferedImage small = memory.with(
                needed(decoded + size.pixels()), () -> Turning.upright(decode(format, bytes, step), 1, PREVIEW_SIDE));
        var blurhash = Blurhash.of(Turning.upright(small, 1, BLUR_SIDE));
        var media = Media.image(mime(format), size.width(), size.height(), blurhash);
        boolean itself = cleaned.animated()
                || (Math.max(size.width(), size.height()) <= PREVIEW_SIDE && Files.size(bytes) <= PREVIEW_BYTES);
        return new Inspected(media, bytes, itself ? null : preview(small, folder));
    }

    /// A small picture, for what is no picture itself.
    Preview preview(Path picture, Path folder) throws IOException, InterruptedException {
        var size = size(Format.JPEG, picture);
        if (size.pixels() > mostPixels) {
            throw new BrokenMediaException("its frames are too large");
        }
        return memory.with(
                needed(size.pixels() * 8),
                () -> preview(Turning.upright(decode(Format.JPEG, picture, 1), 1, PREVIEW_SIDE * 2), folder));
    }

    private static Preview preview(BufferedImage small, Path folder) throws IOException {
        Path file = folder.resolve("preview");
        boolean alpha = small.getColorModel().hasAlpha();
        write(small, alpha ? Format.PNG : Format.JPEG, PREVIEW_QUALITY, file);
        var blurhash = Blurhash.of(Turning.upright(small, 1, BLUR_SIDE));
        return new Preview(
                Media.image(alpha ? "image/png" : "image/jpeg", small.getWidth(), small.getHeight(), blurhash), file);
    }

    /// The format it has then.
    private static Format turn(Format format, Path from, Cleaned cleaned, Path to) throws IOException {
        var upright = Turning.upright(decode(format, from, 1), cleaned.orientation(), Integer.MAX_VALUE);
        var kept = format == Format.PNG || upright.getColorModel().hasAlpha() ? Format.PNG : Format.JPEG;
        write(upright, kept, QUALITY, to);
        return kept;
    }

    private long needed(long bytes) throws IOException {
        if (!memory.holds(bytes)) {
            throw new BrokenMediaException("more pixels than this server has memory for");
        }
        return bytes;
    }

    private static Size size(Format format, Path file) throws IOException {
        return reading(format, file, reader -> {
            var frame = new Size(reader.getWidth(0), reader.getHeight(0));
            return format == Format.GIF ? screen(file, frame) : frame;
        });
    }

    /// Frames of a GIF may be smaller than what they are drawn on.
    private static Size screen(Path gif, Size frame) throws IOException {
        try (var in = Files.newInputStream(gif)) {
            var head = ByteBuffer.wrap(in.readNBytes(10)).order(ByteOrder.LITTLE_ENDIAN);
            return new Size(
                    Math.max(frame.width(), Short.toUnsignedInt(head.getShort(6))),
                    Math.max(frame.height(), Short.toUnsignedInt(head.getShort(8))));
        }
    }

    /// Every `step`th pixel of every `step`th line.
    private static BufferedImage decode(Format format, Path file, int step) throws IOException {
        return reading(format, file, reader -> {
            var how = reader.getDefaultReadParam();
            how.setSourceSubsampling(step, step, 0, 0);
            return reader.read(0, how);
        });
    }

    private interface Reading<T> {
        T from(ImageReader reader) throws IOException;
    }

    /// Decoders meet broken pictures with all kinds of exceptions.
    private static <T> T reading(Format format, Path file, Reading<T> work) throws IOException {
        var readers = ImageIO.getImageReadersByFormatName(format.name());
        if (!readers.hasNext()) {
            throw new IllegalStateException("no reader for " + format);
        }
        var reader = readers.next();
        try (var in = new FileImageInputStream(file.toFile())) {
            reader.setInput(in, true, true);
            return work.from(reader);
        } catch (IOException | RuntimeException e) {
            throw new BrokenMediaException("it cannot be decoded", e);
        } finally {
            reader.dispose();
        }
    }

    private static void write(BufferedImage image, Format format, float quality, Path to) throws IOException {
        var writer = ImageIO.getImageWriters(ImageTypeSpecifier.createFromRenderedImage(image), format.name())
                .next();
        try (var out = new FileImageOutputStream(to.toFile())) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), how(writer.getDefaultWriteParam(), format, quality));
        } finally {
            writer.dispose();
        }
    }

    private static ImageWriteParam how(ImageWriteParam how, Format format, float quality) {
        if (format == Format.JPEG) {
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(quality);
        }
        return how;
    }

    private static String mime(Format format) {
        return "image/" + format.name().toLowerCase(Locale.ROOT);
    }
}

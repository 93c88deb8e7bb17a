package io.magpie.adapter.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.core.file.MediaInspector.Inspected;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PicturesTest {
    private static final String SECRET = "52.5200N 13.4050E";

    private final Pictures pictures = new Pictures(4_000_000);

    @TempDir
    private Path folder;

    /// Red on the left, blue on the right.
    private static byte[] picture(String format, int width, int height) throws IOException {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < height; y++) {
                image.setRGB(x, y, (x < width / 2 ? Color.RED : Color.BLUE).getRGB());
            }
        }
        var out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, out)).isTrue();
        return out.toByteArray();
    }

    /// A JPEG as cameras write it: held in some way, at a place, with a comment, and something behind its end.
    private static byte[] photo(int width, int height, int orientation) throws IOException {
        byte[] plain = picture("jpeg", width, height);
        var tiff = new ByteArrayOutputStream();
        var data = new DataOutputStream(tiff);
        data.writeBytes("Exif\0\0MM\0*");
        data.writeInt(8);
        data.writeShort(1);
        data.writeShort(0x0112);
        data.writeShort(3);
        data.writeInt(1);
        data.writeShort(orientation);
        data.writeShort(0);
        data.writeInt(0);
        data.writeBytes(SECRET);
        var out = new ByteArrayOutputStream();
        var photo = new DataOutputStream(out);
        photo.write(plain, 0, 2);
        photo.writeShort(0xffe1);
        photo.writeShort(tiff.size() + 2);
        tiff.writeTo(photo);
        photo.writeShort(0xfffe);
        photo.writeShort(SECRET.length() + 2);
        photo.writeBytes(SECRET);
        photo.write(plain, 2, plain.length - 2);
        photo.writeBytes("<script>" + SECRET + "</script>");
        return out.toByteArray();
    }

    private static byte[] chunk(String type, byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        var data = new DataOutputStream(out);
        data.writeInt(content.length);
        var body = (type + new String(content, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
        data.write(body);
        var sum = new CRC32();
        sum.update(body);
        data.writeInt((int) sum.getValue());
        return out.toByteArray();
    }

    private Inspected inspect(Format format, byte[] bytes) throws IOException, InterruptedException {
        return pictures.inspect(format, Files.write(folder.resolve("original"), bytes), folder);
    }

    private static Color at(BufferedImage image, double x, double y) {
        return new Color(image.getRGB((int) (x * image.getWidth()), (int) (y * image.getHeight())));
    }

    private static boolean red(Color color) {
        return color.getRed() > 180 && color.getBlue() < 80;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void aPhotoStandsUprightAndTellsNoPlace(int orientation) throws Exception {
        var found = inspect(Format.JPEG, photo(800, 400, orientation));
        boolean lies = orientation >= 5;
        assertThat(found.media().width()).isEqualTo(lies ? 400 : 800);
        assertThat(found.media().height()).isEqualTo(lies ? 800 : 400);
        assertThat(Files.readString(found.bytes(), StandardCharsets.ISO_8859_1))
                .doesNotContain(SECRET)
                .doesNotContain("Exif")
                .doesNotContain("<script>");
        var preview = found.preview();
        for (Path path : new Path[] {found.bytes(), preview == null ? folder : preview.bytes()}) {
            var image = ImageIO.read(path.toFile());
            assertThat(image.getWidth() > image.getHeight()).isEqualTo(!lies);
            // Where what was on the left is now.
            var was = switch (orientation) {
                case 1, 4 -> at(image, 0.1, 0.5);
                case 2, 3 -> at(image, 0.9, 0.5);
                case 5, 6 -> at(image, 0.5, 0.1);
                default -> at(image, 0.5, 0.9);
            };
            assertThat(red(was)).as("%s: %s", orientation, was).isTrue();
        }
    }

    @Test
    void whatNeedsNoTurningIsNotEncodedAgain() throws Exception {
        byte[] plain = picture("jpeg", 100, 50);
        assertThat(Files.readAllBytes(inspect(Format.JPEG, photo(100, 50, 1)).bytes()))
                .isEqualTo(plain);
    }

    @Test
    void pngLosesTextsAndWhatIsBehind() throws Exception {
        byte[] plain = picture("png", 100, 50);
        var out = new ByteArrayOutputStream();
        out.write(plain, 0, 33);
        out.write(chunk("tEXt", ("Comment\0" + SECRET).getBytes(StandardCharsets.US_ASCII)));
        out.write(plain, 33, plain.length - 33);
        out.write("PK<html>".getBytes(StandardCharsets.US_ASCII));
        var found = inspect(Format.PNG, out.toByteArray());
        assertThat(Files.readAllBytes(found.bytes())).isEqualTo(plain);
        assertThat(found.preview()).isNull();
    }

    @Test
    void gifKeepsItsFramesAndLosesTheRest() throws Exception {
        byte[] plain = picture("gif", 100, 50);
        var out = new ByteArrayOutputStream();
        int colors = 13 + 3 * (2 << (plain[10] & 7));
        out.write(plain, 0, colors);
        out.write(new byte[] {0x21, (byte) 0xfe, 17});
        out.write(SECRET.getBytes(StandardCharsets.US_ASCII));
        out.write(0);
        out.write(plain, colors, plain.length - colors);
        out.write("<script>".getBytes(StandardCharsets.US_ASCII));
        assertThat(Files.readAllBytes(inspect(Format.GIF, out.toByteArray()).bytes()))
                .isEqualTo(plain);
    }

    /// A head that says 50,000 x 50,000, as in a bomb of a few bytes; nothing of it is decoded.
    @Test
    void aBombIsRefusedByItsHead() throws Exception {
        byte[] bomb = picture("png", 10, 10);
        var header = new ByteArrayOutputStream();
        var data = new DataOutputStream(header);
        data.writeInt(50_000);
        data.writeInt(50_000);
        data.write(new byte[] {8, 2, 0, 0, 0});
        System.arraycopy(chunk("IHDR", header.toByteArray()), 0, bomb, 8, 25);
        assertThatThrownBy(() -> inspect(Format.PNG, bomb)).hasMessageContaining("50000 x 50000 pixels");
    }

    @Test
    void brokenOnesAreRefused() throws Exception {
        for (String format : new String[] {"jpeg", "png", "gif"}) {
            byte[] plain = picture(format, 100, 50);
            byte[] cut = java.util.Arrays.copyOf(plain, plain.length / 2);
            assertThatThrownBy(() -> inspect(Format.of(plain), cut))
                    .as(format)
                    .isInstanceOf(BrokenMediaException.class);
        }
    }

    @Test
    void aLargeOneGetsASmallOne() throws Exception {
        var found = inspect(Format.PNG, picture("png", 2600, 1300));
        var preview = found.preview();
        assertThat(preview).isNotNull();
        if (preview != null) {
            assertThat(preview.media().width()).isEqualTo(640);
            assertThat(preview.media().height()).isEqualTo(320);
            assertThat(preview.media().mime()).isEqualTo("image/jpeg");
        }
    }

    /// As the reference implementation has it for a plain colour: no detail, the middle of the scale.
    @Test
    void blurhashOfOneColor() {
        var image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64; i++) {
            image.setRGB(i % 8, i / 8, 0xffffff);
        }
        assertThat(Blurhash.of(image)).startsWith("L").hasSize(28).contains("TSUA");
    }
}

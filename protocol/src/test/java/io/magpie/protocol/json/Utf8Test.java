package io.magpie.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.protocol.frame.Utf8;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Against the JDK's own decoder.
class Utf8Test {
    @Test
    void validMeansWhatTheJdkMeans() {
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = new byte[random.nextInt(1, 24)];
            for (int k = 0; k < bytes.length; k++) {
                bytes[k] = (byte) (random.nextInt(4) == 0 ? random.nextInt(0x80, 0x100) : random.nextInt(0x80));
            }
            int at = random.nextInt(bytes.length);
            byte[] character = Character.toString(random.nextInt(Character.MAX_CODE_POINT + 1))
                    .getBytes(StandardCharsets.UTF_8);
            System.arraycopy(character, 0, bytes, at, Math.min(character.length, bytes.length - at));
            assertThat(Utf8.valid(bytes)).isEqualTo(jdk(bytes));
        }
    }

    @Test
    void everyCharacterIsValidAndCounted() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            String text = Character.toString(point);
            boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            if (Utf8.length(text) != (surrogate ? -1 : bytes.length) || !Utf8.valid(bytes)) {
                throw new AssertionError("U+" + Integer.toHexString(point));
            }
        }
    }

    private static boolean jdk(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }
}

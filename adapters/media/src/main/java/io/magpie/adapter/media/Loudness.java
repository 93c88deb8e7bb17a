package io.magpie.adapter.media;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// How loud a sound is over time, in so many numbers as a voice message shows.
final class Loudness {
    static final int SAMPLES_PER_SECOND = 8000;

    private static final int NUMBERS = 64;
    private static final int STEP = SAMPLES_PER_SECOND / 50;

    private Loudness() {}

    /// Of 16-bit samples in little endian, one channel, [#SAMPLES_PER_SECOND]; empty if there are none.
    static List<Integer> of(InputStream samples) throws IOException {
        var peaks = new ArrayList<Integer>();
        byte[] step = new byte[2 * STEP];
        for (int n = samples.readNBytes(step, 0, step.length); n >= 2; n = samples.readNBytes(step, 0, step.length)) {
            int peak = 0;
            for (int i = 0; i + 1 < n; i += 2) {
                peak = Math.max(peak, Math.abs((step[i] & 255) | step[i + 1] << 8));
            }
            peaks.add(Math.min(255, peak >> 7));
        }
        return shrunk(peaks);
    }

    private static List<Integer> shrunk(List<Integer> peaks) {
        if (peaks.size() <= NUMBERS) {
            return List.copyOf(peaks);
        }
        var numbers = new ArrayList<Integer>(NUMBERS);
        for (int i = 0; i < NUMBERS; i++) {
            int from = (int) ((long) i * peaks.size() / NUMBERS);
            int to = (int) ((i + 1L) * peaks.size() / NUMBERS);
            numbers.add(peaks.subList(from, to).stream().reduce(0, Math::max));
        }
        return List.copyOf(numbers);
    }
}

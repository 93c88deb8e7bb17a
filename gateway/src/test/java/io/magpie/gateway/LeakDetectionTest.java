package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

/// Watches the watcher: without this the leak tests could pass because nobody looks.
class LeakDetectionTest {
    @Test
    void aLostBufferIsFound() throws Exception {
        lose();
        TestGateway.await("the leak is reported", () -> {
            System.gc();
            ByteBufAllocator.DEFAULT.directBuffer(16).release();
            return !RecordingLeakDetector.found().isEmpty();
        });
        assertThat(RecordingLeakDetector.found()).isNotEmpty();
        RecordingLeakDetector.found().clear();
    }

    private static void lose() {
        var _ = ByteBufAllocator.DEFAULT.directBuffer(16).writeByte(1);
    }
}

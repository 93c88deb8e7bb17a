package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Fails a class of tests if a buffer was lost while it ran.
public final class NoLeaks implements AfterAllCallback {
    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        // A lost buffer is found when it was collected and the next one is allocated.
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(20);
            ByteBufAllocator.DEFAULT.directBuffer(16).release();
        }
        var found = List.copyOf(RecordingLeakDetector.found());
        // The next class answers for its own only.
        RecordingLeakDetector.found().clear();
        assertThat(found).isEmpty();
    }
}

package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.internal.StringUtil;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Fails every class of tests during which a buffer was lost. JUnit finds it by itself, so no class can forget it.
public final class NoLeaks implements AfterAllCallback {
    /// Lost on purpose, to see that the detector has looked.
    private static final class Marker {}

    private static final String MARKER = StringUtil.simpleClassName(Marker.class);

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        // What was lost before the first marker is found with it, or with the second at the latest.
        awaitMarker();
        awaitMarker();
        var found = List.copyOf(RecordingLeakDetector.found());
        // The next class answers for its own only.
        RecordingLeakDetector.found().clear();
        assertThat(found).isEmpty();
    }

    private static void awaitMarker() throws InterruptedException {
        var detector = new RecordingLeakDetector<Marker>(Marker.class, 1);
        lose(detector);
        TestGateway.await("the detector looks", () -> {
            System.gc();
            // It looks whenever something is allocated.
            ByteBufAllocator.DEFAULT.directBuffer(16).release();
            var kept = new Marker();
            var tracked = detector.track(kept);
            if (tracked != null) {
                tracked.close(kept);
            }
            return RecordingLeakDetector.found().removeIf(leak -> leak.startsWith(MARKER));
        });
    }

    private static void lose(RecordingLeakDetector<Marker> detector) {
        var _ = detector.track(new Marker());
    }
}

package io.magpie.client;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Everything a listener hears, as text.
final class Heard implements Transport.Listener {
    final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    volatile Transport.@Nullable Link link;

    @Override
    public void opened(Transport.Link opened) {
        link = opened;
        events.add("opened");
    }

    @Override
    public void frame(byte[] frame) {
        events.add("frame " + new String(frame, StandardCharsets.UTF_8));
    }

    @Override
    public void closed(String why) {
        events.add("closed " + why);
    }

    @Nullable
    String next() throws InterruptedException {
        return events.poll(20, TimeUnit.SECONDS);
    }

    Transport.Link open() {
        Transport.Link now = link;
        if (now == null) {
            throw new AssertionError("not open");
        }
        return now;
    }
}

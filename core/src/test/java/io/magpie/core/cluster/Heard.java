package io.magpie.core.cluster;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// What a node heard from the bus. Records are texts.
public final class Heard implements Bus.Listener {
    private final List<String> records = new CopyOnWriteArrayList<>();
    private final List<String> failed = new CopyOnWriteArrayList<>();
    private final AtomicInteger gaps = new AtomicInteger();

    @Override
    public void received(byte[] record) {
        records.add(new String(record, StandardCharsets.UTF_8));
    }

    @Override
    public void gap() {
        gaps.incrementAndGet();
    }

    @Override
    public void failed(byte[] record) {
        failed.add(new String(record, StandardCharsets.UTF_8));
    }

    public List<String> records() {
        return List.copyOf(records);
    }

    public List<String> failed() {
        return List.copyOf(failed);
    }

    public int gaps() {
        return gaps.get();
    }
}

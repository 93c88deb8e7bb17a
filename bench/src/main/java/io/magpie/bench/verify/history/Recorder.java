package io.magpie.bench.verify.history;

import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// Writes the history down. Any thread; the order of the lines is that of their times.
public final class Recorder {
    private final long began = System.nanoTime();
    private final List<Line> lines = new ArrayList<>();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicInteger sessions = new AtomicInteger();
    private final LongAdder sends = new LongAdder();
    private final LongAdder deliveries = new LongAdder();

    public void seen(Where where, What what) {
        count(what);
        What shorter = Shorter.of(what);
        synchronized (lines) {
            lines.add(new Line.Seen(now(), where, shorter));
        }
    }

    public void fault(String fault, String target, boolean begins, boolean heavy) {
        synchronized (lines) {
            lines.add(new Line.Fault(now(), fault, target, begins, heavy));
        }
    }

    public void milestone(Line.Phase phase) {
        synchronized (lines) {
            lines.add(new Line.Milestone(now(), phase));
        }
    }

    private void count(What what) {
        switch (what) {
            case What.Answered answered -> {
                if (answered.reply() instanceof Reply.Sent) {
                    sends.increment();
                }
            }
            case What.Pushed pushed -> {
                if (pushed.event() instanceof Event.EntryAdded) {
                    deliveries.increment();
                }
            }
            default -> {}
        }
    }

    /// Microseconds since the run began.
    public long now() {
        return (System.nanoTime() - began) / 1_000;
    }

    public long nextRequest() {
        return requests.incrementAndGet();
    }

    public int nextSession() {
        return sessions.incrementAndGet();
    }

    /// Acknowledged so far.
    public long sends() {
        return sends.sum();
    }

    /// Entries pushed so far.
    public long deliveries() {
        return deliveries.sum();
    }

    public History history() {
        synchronized (lines) {
            return new History(lines);
        }
    }
}

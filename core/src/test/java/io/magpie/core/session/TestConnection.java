package io.magpie.core.session;

import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Records what a session was told, in order.
public final class TestConnection implements Connection {
    private final Lane lane;
    private final List<Object> told = new ArrayList<>();

    public TestConnection(Lane lane) {
        this.lane = lane;
    }

    /// On a lane that runs its tasks at once.
    public TestConnection() {
        this(Runnable::run);
    }

    public synchronized List<Object> told() {
        return List.copyOf(told);
    }

    /// The seqs of the entries pushed, in order.
    public List<Long> seqs() {
        return told().stream()
                .filter(Event.EntryAdded.class::isInstance)
                .map(event -> ((Event.EntryAdded) event).entry().seq())
                .toList();
    }

    @Override
    public Lane lane() {
        return lane;
    }

    @Override
    public String address() {
        return "127.0.0.1";
    }

    @Override
    public synchronized void push(Event event, Weight weight) {
        told.add(event);
    }

    @Override
    public synchronized void reply(@Nullable String requestId, Reply reply) {
        told.add(reply);
    }

    @Override
    public synchronized void bye(Event.Bye bye) {
        told.add(bye);
    }

    @Override
    public synchronized void close() {
        told.add("closed");
    }
}

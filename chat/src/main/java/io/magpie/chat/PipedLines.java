package io.magpie.chat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/// Lines from a pipe, given to the chat one after the other: a line may need what the one before it opens.
/// Few are read ahead.
final class PipedLines {
    private static final int AHEAD = 100;

    private final Deque<String> lines = new ArrayDeque<>();
    private final Semaphore room = new Semaphore(AHEAD);
    private final BufferedReader in;
    private final Executor desk;
    private final Chat chat;
    private boolean ended;

    PipedLines(BufferedReader in, Executor desk, Chat chat) {
        this.in = in;
        this.desk = desk;
        this.chat = chat;
    }

    void start() {
        Thread.ofPlatform().daemon().name("lines").start(this::read);
    }

    private void read() {
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String typed = line;
                room.acquire();
                desk.execute(() -> lines.add(typed));
            }
        } catch (IOException _) {
            // As good as the end.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        desk.execute(() -> ended = true);
    }

    /// On the desk.
    ///
    /// @param after each line
    void submit(Runnable after) {
        while (chat.ready() && !lines.isEmpty()) {
            room.release();
            chat.submit(lines.remove());
            after.run();
        }
    }

    /// On the desk: whether all lines were submitted.
    boolean done() {
        return ended && lines.isEmpty();
    }
}

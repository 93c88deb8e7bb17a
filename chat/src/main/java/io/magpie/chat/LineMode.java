package io.magpie.chat;

import io.magpie.chat.state.ChatState;
import io.magpie.chat.state.Room;
import io.magpie.chat.state.Words;
import io.magpie.client.ClientEvent;
import io.magpie.client.ConnectionState;
import io.magpie.core.log.Body;
import io.magpie.core.log.Entry;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// The chat in a pipe or on a terminal that can only print: every message is a line. On the desk.
final class LineMode {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

    private final ChatState state;
    private final Consumer<String> print;
    private final ZoneId zone;

    LineMode(ChatState state, Consumer<String> print, ZoneId zone) {
        this.state = state;
        this.print = print;
        this.zone = zone;
    }

    /// After the state has taken the event.
    void on(ClientEvent event) {
        switch (event) {
            case ClientEvent.EntryAdded(Entry entry) -> entry(entry);
            case ClientEvent.EntryChanged(Entry entry) -> changed(entry);
            case ClientEvent.ConnectionChanged(ConnectionState.Online _) -> print.accept("* online");
            case ClientEvent.ConnectionChanged(ConnectionState.Waiting _) ->
                print.accept("* offline, " + state.waiting() + " waiting");
            case ClientEvent.ConnectionChanged(ConnectionState.Ended(var _, String message)) ->
                print.accept("* ended: " + message);
            default -> {}
        }
    }

    /// What a command had to say.
    void said() {
        if (!state.notice().isEmpty()) {
            print.accept("* " + state.notice());
            state.say("");
        }
        state.overlay().forEach(line -> print.accept("  " + line));
        state.overlay(List.of());
    }

    private void entry(Entry entry) {
        Room room = state.room(entry.conversation());
        String where = TIME.format(Instant.ofEpochMilli(entry.sentAt()).atZone(zone)) + " [" + state.title(room) + "] ";
        if (entry.body() instanceof Body.Message message) {
            print.accept(where + "#" + entry.seq() + " " + state.words().name(entry.sender()) + ": "
                    + Words.content(message.content()).replace("\n", "\n    "));
        } else {
            String text = state.words().event(entry);
            if (!text.isEmpty() && !(entry.body() instanceof Body.Notice)) {
                print.accept(where + text);
            }
        }
    }

    private void changed(Entry entry) {
        if (entry.body() instanceof Body.Message message) {
            String now = message.recalled() != 0 ? "recalled" : "now: " + Words.content(message.content());
            print.accept("* [" + state.title(state.room(entry.conversation())) + "] #" + entry.seq() + " " + now);
        }
    }
}

package io.magpie.chat;

import io.magpie.chat.command.Completion;
import io.magpie.chat.state.ChatState;
import io.magpie.chat.state.People.Person;
import io.magpie.chat.state.Room;
import io.magpie.chat.terminal.Key;
import io.magpie.chat.terminal.LineEditor;
import io.magpie.chat.terminal.Screen;
import io.magpie.chat.view.View;
import io.magpie.client.ClientEvent;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Entry;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.IntSupplier;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/// The chat on a whole screen: turns keys into what the chat does, and paints. On the desk.
final class FullScreen {
    private static final long NEWS_MS = 30_000;

    private final ChatState state;
    private final Chat chat;
    private final View view;
    private final Screen screen;
    private final IntSupplier rows;
    private final IntSupplier columns;
    private final InstantSource clock;
    private final boolean bell;
    private final LineEditor editor = new LineEditor();
    private Completion offered = Completion.NONE;
    private int offeredNext;
    private boolean ring;
    private @Nullable ConversationId shown;

    FullScreen(
            ChatState state,
            Chat chat,
            View view,
            Screen screen,
            IntSupplier rows,
            IntSupplier columns,
            InstantSource clock,
            boolean bell) {
        this.state = state;
        this.chat = chat;
        this.view = view;
        this.screen = screen;
        this.rows = rows;
        this.columns = columns;
        this.clock = clock;
        this.bell = bell;
    }

    /// After the state has taken the event. What was missed while away makes no sound, and many at once make one.
    void on(ClientEvent event) {
        ring |= bell
                && event instanceof ClientEvent.EntryAdded(Entry entry)
                && clock.millis() - entry.sentAt() < NEWS_MS
                && state.alerts(entry);
    }

    void paint() {
        keepDraft();
        View.Frame frame = view.frame(
                Math.max(5, rows.getAsInt()),
                Math.max(20, columns.getAsInt()),
                editor.text(),
                editor.cursor(),
                clock.millis());
        if (ring) {
            ring = false;
            screen.bell();
        }
        screen.show(frame.lines(), frame.cursorRow(), frame.cursorColumn());
        if (frame.wantsOlder()) {
            state.active().ifPresent(chat.navigation()::older);
        }
    }

    /// Each conversation has what was begun there.
    private void keepDraft() {
        ConversationId now = state.active().map(Room::id).orElse(null);
        ConversationId before = shown;
        if (now == null || Objects.equals(now, before)) {
            return;
        }
        if (before != null) {
            state.room(before).draft(editor.text());
            editor.set(state.room(now).draft());
        }
        shown = now;
    }

    void resized() {
        screen.forget();
    }

    void key(Key key) {
        if (key.kind() != Key.Kind.TAB) {
            offered = Completion.NONE;
        }
        String before = editor.text();
        if (editor.handle(key)) {
            if (!editor.text().equals(before)) {
                state.say("");
                chat.typing(editor.text());
            }
            return;
        }
        switch (key.kind()) {
            case ENTER -> chat.submit(editor.take());
            case TAB -> complete();
            case PAGE_UP -> scroll(page -> page);
            case PAGE_DOWN -> scroll(page -> -page);
            case NEXT -> chat.navigation().step(1);
            case PREVIOUS -> chat.navigation().step(-1);
            case UNREAD -> chat.navigation().nextUnread();
            case JUMP -> chat.navigation().jump(Integer.parseInt(key.text()));
            case ESCAPE -> back();
            case INTERRUPT -> interrupt();
            case END_OF_INPUT -> {
                if (editor.text().isEmpty()) {
                    chat.quit();
                }
            }
            case REDRAW -> screen.forget();
            default -> {}
        }
    }

    private void scroll(IntUnaryOperator by) {
        if (!state.overlay().isEmpty()) {
            state.scrollOverlay(state.overlayFrom() - by.applyAsInt(Math.max(1, rows.getAsInt() - 5)));
            return;
        }
        state.active().ifPresent(room -> {
            room.scroll(room.scrolled() + by.applyAsInt(Math.max(1, rows.getAsInt() - 5)));
            chat.navigation().readActive();
        });
    }

    private void back() {
        state.say("");
        state.overlay(List.of());
        state.active().ifPresent(room -> room.scroll(0));
        chat.navigation().readActive();
    }

    private void interrupt() {
        if (editor.text().isEmpty()) {
            state.say("Ctrl-D or /quit leaves the chat");
        } else {
            var _ = editor.take();
        }
    }

    private void complete() {
        if (offered.candidates().size() > 1) {
            offeredNext = (offeredNext + 1) % offered.candidates().size();
        } else {
            offered = Completion.of(editor.beforeCursor(), known());
            offeredNext = 0;
        }
        if (offered.candidates().isEmpty()) {
            return;
        }
        editor.complete(offered.from(), offered.candidates().get(offeredNext));
        if (offered.candidates().size() > 1) {
            state.say(String.join(
                    " ",
                    offered.candidates().stream().map(String::strip).limit(12).toList()));
        }
    }

    private Completion.Known known() {
        List<String> people = state.people().all().stream()
                .map(Person::username)
                .filter(name -> !name.isEmpty())
                .toList();
        List<String> here = state.active().stream()
                .flatMap(room -> room.members().stream())
                .map(user -> state.people().person(user))
                .filter(person -> person != null)
                .map(Person::username)
                .toList();
        return new Completion.Known(
                people,
                here.isEmpty() ? people : here,
                state.list().stream().map(state::title).toList());
    }
}

package io.magpie.chat;

import io.magpie.chat.state.ChatState;
import io.magpie.chat.state.Refusals;
import io.magpie.client.ClientException;
import io.magpie.core.outcome.Outcome;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the chat asks and waits for: it runs elsewhere and comes back to the desk. On the desk.
final class Calls {
    private static final String OFFLINE = "offline: this works only with a connection";

    private final ChatState state;
    private final Executor desk;
    private final Executor background;
    private int asking;

    Calls(ChatState state, Executor desk, Executor background) {
        this.state = state;
        this.desk = desk;
        this.background = background;
    }

    /// Whether nothing that was asked for is still on its way.
    boolean idle() {
        return asking == 0;
    }

    /// Runs a call over HTTP; its value comes back to the desk, a refusal is shown.
    <T> void call(Supplier<Outcome<T>> call, Consumer<T> done) {
        attempt(call, done, state::complain);
    }

    <T> void attempt(Supplier<Outcome<T>> call, Consumer<T> done, Consumer<String> refused) {
        asking++;
        background.execute(() -> {
            try {
                switch (call.get()) {
                    case Outcome.Done<T>(T value) -> desk.execute(() -> done.accept(value));
                    case Outcome.Rejected<T>(var rejection) ->
                        desk.execute(() -> refused.accept(Refusals.words(rejection)));
                }
            } catch (UncheckedIOException _) {
                desk.execute(() -> refused.accept(OFFLINE));
            } finally {
                desk.execute(() -> asking--);
            }
        });
    }

    /// Waits for what the connection was asked; a failure is said in words when it happens.
    void tell(CompletableFuture<?> answer) {
        asking++;
        var _ = answer.whenComplete((_, error) -> desk.execute(() -> {
            asking--;
            complain(error);
        }));
    }

    void complain(@Nullable Throwable error) {
        Throwable cause = error == null || error.getCause() == null ? error : error.getCause();
        switch (cause) {
            case ClientException.Refused refused -> state.complain(Refusals.words(refused.rejection()));
            case ClientException.Disconnected _ -> state.complain(OFFLINE);
            case null, default -> {}
        }
    }
}

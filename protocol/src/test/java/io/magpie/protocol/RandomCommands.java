package io.magpie.protocol;

import io.magpie.core.command.Command;
import io.magpie.core.command.Request;
import io.magpie.core.device.Device;
import io.magpie.core.device.Platform;
import java.util.List;
import java.util.random.RandomGenerator;

/// Seeded requests within the limits of clients.
public final class RandomCommands extends RandomContents {
    public RandomCommands(RandomGenerator random) {
        super(random);
    }

    public Request request() {
        return new Request(flip() ? null : text(0, 64), command());
    }

    public Command command() {
        return oneOf(List.of(
                () -> new Command.Hello(text(1, 8192), new Device(text(1, 64), pick(Platform.values()), text(0, 64))),
                Command.Ping::new,
                this::send,
                () -> new Command.Received(conversation(), idOrNone()),
                () -> new Command.Read(conversation(), idOrNone()),
                () -> new Command.Listened(conversation(), id()),
                () -> new Command.Typing(conversation(), flip()),
                () -> new Command.Recall(conversation(), id()),
                () -> new Command.Edit(conversation(), id(), content()),
                () -> new Command.React(conversation(), id(), text(1, 64), flip()),
                () -> new Command.History(conversation(), range(), number(1, 200)),
                () -> new Command.Sync(idOrNone(), flip() ? null : text(1, 1024)),
                () -> new Command.Presence(list(500, this::id)),
                Command.Bye::new));
    }

    public Command.Send send() {
        return new Command.Send(
                conversation(), text(1, 64), content(), idOrNone(), mentions(), pick(Command.Priority.values()));
    }

    private Command.Range range() {
        return flip() ? new Command.Range.After(idOrNone()) : new Command.Range.Before(id());
    }
}

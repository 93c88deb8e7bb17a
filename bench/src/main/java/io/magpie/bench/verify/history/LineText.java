package io.magpie.bench.verify.history;

import io.magpie.core.command.Command;
import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Entry;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Lines for people, each on one line.
public final class LineText {
    private static final int MOST_ENTRIES = 6;

    private LineText() {}

    public static String of(Line line) {
        String time = String.format(Locale.ROOT, "%9.3f s  ", line.at() / 1e6);
        return time
                + switch (line) {
                    case Line.Seen seen -> of(seen.where()) + of(seen.what());
                    case Line.Fault fault ->
                        "FAULT %s %s %s".formatted(fault.fault(), fault.target(), fault.begins() ? "begins" : "ends");
                    case Line.Milestone milestone -> milestone.phase().toString();
                };
    }

    private static String of(Where where) {
        return String.format(Locale.ROOT, "%-7s %-7s #%-4d ", where.device(), where.node(), where.session());
    }

    private static String of(What what) {
        return switch (what) {
            case What.Online _ -> "online";
            case What.CaughtUp _ -> "caught up";
            case What.Offline offline -> "offline: " + offline.why();
            case What.Asked asked -> "asks " + of(asked.command());
            case What.Answered answered -> "gets " + of(answered.reply()) + " for " + of(answered.command());
            case What.Unanswered unanswered ->
                "gets nothing (" + unanswered.why() + ") for " + of(unanswered.command());
            case What.Pushed pushed -> "is pushed " + of(pushed.event());
            case What.Reading reading -> reading.active() ? "reads again" : "stops reading";
            case What.Called called -> "calls " + called.call() + ": " + called.outcome();
        };
    }

    private static String of(Command command) {
        return switch (command) {
            case Command.Send send ->
                "send " + send.conversation() + " clientId " + send.clientId() + " " + of(send.content());
            case Command.Hello _ -> "hello";
            default -> command.toString();
        };
    }

    private static String of(Reply reply) {
        return switch (reply) {
            case Reply.Sent sent -> "sent seq " + sent.seq() + (sent.duplicate() ? " (duplicate)" : "");
            case Reply.Failed failed ->
                "error " + failed.rejection().code().wireName() + " "
                        + failed.rejection().message();
            case Reply.Entries entries -> "entries " + of(entries.entries()) + (entries.more() ? " and more" : "");
            case Reply.Conversations list ->
                "conversations "
                        + list.items().stream()
                                .map(item -> item.conversation() + " " + item.state() + " " + item.firstSeq() + ".."
                                        + item.lastSeq() + " read " + item.readSeq() + " unread " + item.unread())
                                .collect(Collectors.joining("; "));
            default -> reply.toString();
        };
    }

    private static String of(List<Entry> entries) {
        String some = entries.stream().limit(MOST_ENTRIES).map(LineText::of).collect(Collectors.joining(", "));
        return entries.size() <= MOST_ENTRIES
                ? some
                : some + ", … to seq " + entries.getLast().seq();
    }

    private static String of(Event event) {
        return event instanceof Event.EntryAdded(Entry entry) ? of(entry) : event.toString();
    }

    public static String of(Entry entry) {
        String body = entry.body() instanceof Body.Message message
                ? (message.content() == null ? "recalled" : of(message.content()))
                : entry.body().toString();
        return entry.conversation() + " seq " + entry.seq() + " of " + entry.sender() + " " + body;
    }

    private static String of(@Nullable Content content) {
        return content instanceof Content.Text(String text)
                ? "'" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "'"
                : String.valueOf(content);
    }
}

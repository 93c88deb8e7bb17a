package io.magpie.protocol.frame;

import io.magpie.core.command.Command;
import io.magpie.core.command.Request;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.device.Device;

/// Writes what a client asks.
final class CommandWriter {
    private CommandWriter() {}

    static byte[] write(FrameWriter out, Request request) {
        out.open();
        Command command = request.command();
        out.text(Field.TYPE, type(command)).textUnlessNull(Field.ID, request.id());
        switch (command) {
            case Command.Hello(String token, Device device) -> hello(out, token, device);
            case Command.Ping(), Command.Bye() -> {}
            case Command.Send send -> send(out, send);
            case Command.Received(ConversationId conversation, long seq) -> seq(out, conversation, seq);
            case Command.Read(ConversationId conversation, long seq) -> seq(out, conversation, seq);
            case Command.Listened(ConversationId conversation, long seq) -> seq(out, conversation, seq);
            case Command.Typing(ConversationId conversation, boolean active) ->
                out.text(Field.CONVERSATION, conversation.toString()).flag(Field.ACTIVE, active);
            case Command.Recall(ConversationId conversation, long seq) -> seq(out, conversation, seq);
            case Command.Edit(ConversationId conversation, long seq, var content) -> {
                seq(out, conversation, seq);
                ContentWriter.write(out, content);
            }
            case Command.React(ConversationId conversation, long seq, String emoji, boolean active) -> {
                seq(out, conversation, seq);
                out.text(Field.EMOJI, emoji).flag(Field.ACTIVE, active);
            }
            case Command.History history -> history(out, history);
            case Command.Sync(long since, var cursor) ->
                out.number(Field.SINCE, since).textUnlessNull(Field.CURSOR, cursor);
            case Command.Presence(var users) -> EntryWriter.list(out, Field.USERS, users);
        }
        return out.close().bytes();
    }

    private static String type(Command command) {
        return switch (command) {
            case Command.Hello _ -> "hello";
            case Command.Ping _ -> "ping";
            case Command.Send _ -> "send";
            case Command.Received _ -> "received";
            case Command.Read _ -> "read";
            case Command.Listened _ -> "listened";
            case Command.Typing _ -> "typing";
            case Command.Recall _ -> "recall";
            case Command.Edit _ -> "edit";
            case Command.React _ -> "react";
            case Command.History _ -> "history";
            case Command.Sync _ -> "sync";
            case Command.Presence _ -> "presence";
            case Command.Bye _ -> "bye";
        };
    }

    private static void hello(FrameWriter out, String token, Device device) {
        out.text(Field.TOKEN, token)
                .open(Field.DEVICE)
                .text(Field.ID, device.id())
                .text(Field.PLATFORM, WireNames.PLATFORM.of(device.platform()))
                .textUnlessNull(Field.NAME, device.name().isEmpty() ? null : device.name())
                .close();
    }

    private static void send(FrameWriter out, Command.Send send) {
        out.text(Field.CONVERSATION, send.conversation().toString()).text(Field.CLIENT_ID, send.clientId());
        ContentWriter.write(out, send.content());
        out.numberUnlessZero(Field.REPLY_TO, send.replyTo());
        ContentWriter.mentions(out, send.mentions());
        if (send.priority() != Command.Priority.NORMAL) {
            out.text(Field.PRIORITY, WireNames.PRIORITY.of(send.priority()));
        }
    }

    private static void history(FrameWriter out, Command.History history) {
        out.text(Field.CONVERSATION, history.conversation().toString());
        switch (history.range()) {
            case Command.Range.After(long seq) -> out.number(Field.AFTER, seq);
            case Command.Range.Before(long seq) -> out.number(Field.BEFORE, seq);
        }
        out.number(Field.LIMIT, history.limit());
    }

    private static void seq(FrameWriter out, ConversationId conversation, long seq) {
        out.text(Field.CONVERSATION, conversation.toString()).number(Field.SEQ, seq);
    }
}

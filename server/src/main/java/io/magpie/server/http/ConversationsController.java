package io.magpie.server.http;

import io.magpie.core.command.Command;
import io.magpie.core.command.Reply;
import io.magpie.core.message.MessageService;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.sync.ConversationService;
import io.magpie.core.sync.HistoryService;
import io.magpie.core.sync.SyncService;
import io.magpie.protocol.json.JsonCodec;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Conversations and their entries: the bodies are those of the realtime protocol, written by the same codec.
@RestController
@RequestMapping(path = "/api/v1/conversations", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Conversations")
class ConversationsController {
    private static final int MAX_READERS = 500;

    private final SyncService sync;
    private final HistoryService history;
    private final ConversationService conversations;
    private final MessageService messages;
    private final JsonCodec codec;

    ConversationsController(
            SyncService sync,
            HistoryService history,
            ConversationService conversations,
            MessageService messages,
            JsonCodec codec) {
        this.sync = sync;
        this.history = history;
        this.conversations = conversations;
        this.messages = messages;
        this.codec = codec;
    }

    /// What is null stays.
    record Preferences(
            @Nullable Boolean muted,
            @Nullable Boolean pinned,
            @Nullable Boolean hidden) {}

    @Operation(
            summary = "My conversations, as a sync answers them",
            description =
                    "While `cursor` comes back, ask again with it; `since` is the `syncedAt` of an earlier answer.")
    @GetMapping
    ResponseEntity<byte[]> list(
            Caller caller,
            @RequestParam(defaultValue = "0") long since,
            @RequestParam(required = false) @Nullable String cursor) {
        return ok(RejectedRequest.unlessDone(
                sync.sync(caller.user(), notNegative("since", since, "a syncedAt"), cursor)));
    }

    @Operation(summary = "Mute, pin or hide a conversation for myself; what is left out stays")
    @PatchMapping("/{conversation}")
    ResponseEntity<byte[]> prefer(Caller caller, @PathVariable String conversation, @RequestBody Preferences body) {
        var item = RejectedRequest.unlessDone(conversations.prefer(
                caller.user(), Fields.conversation(conversation), body.muted(), body.pinned(), body.hidden()));
        return ok(new Reply.Conversations(List.of(item), 0, null));
    }

    @Operation(summary = "Entries of a conversation, as history answers them")
    @GetMapping("/{conversation}/entries")
    ResponseEntity<byte[]> entries(
            Caller caller,
            @PathVariable String conversation,
            @RequestParam(required = false) @Nullable Long after,
            @RequestParam(required = false) @Nullable Long before,
            @RequestParam(defaultValue = "50") int limit) {
        var page = new Command.History(
                Fields.conversation(conversation),
                range(after, before),
                Fields.limit(limit, Command.History.MAX_LIMIT));
        return ok(RejectedRequest.unlessDone(history.history(caller.user(), page)));
    }

    @Operation(
            summary = "Send a message",
            description = "Repeat it with the same `clientId` when the answer is lost: it is stored once.")
    @ApiResponse(responseCode = "201", description = "Stored", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "200", description = "A repeat: stored before", useReturnTypeSchema = true)
    @PostMapping(path = "/{conversation}/entries", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> send(Caller caller, @PathVariable String conversation, @RequestBody byte[] body) {
        var send = RejectedRequest.unlessDone(codec.decodeSend(Fields.conversation(conversation), body));
        var stored = RejectedRequest.unlessDone(messages.send(caller.user(), send));
        var sent = new Reply.Sent(send.conversation(), stored.seq(), stored.sentAt(), stored.duplicate());
        return answer(stored.duplicate() ? HttpStatus.OK : HttpStatus.CREATED, sent);
    }

    record Readers(List<Long> users) {}

    @Operation(summary = "Members who have read up to a message, at most 500")
    @GetMapping("/{conversation}/reads")
    Readers reads(Caller caller, @PathVariable String conversation, @RequestParam long seq) {
        return new Readers(RejectedRequest.unlessDone(conversations.readers(
                caller.user(), Fields.conversation(conversation), Fields.id("seq", seq), MAX_READERS)));
    }

    private static Command.Range range(@Nullable Long after, @Nullable Long before) {
        if (after != null && before != null) {
            throw new RejectedRequest(ErrorCode.MALFORMED, "before: given beside after (expected: one of them)");
        }
        if (before != null) {
            return new Command.Range.Before(Fields.id("before", before));
        }
        return new Command.Range.After(notNegative("after", after == null ? 0 : after, "a seq"));
    }

    private static long notNegative(String field, long given, String what) {
        if (given < 0) {
            throw new RejectedRequest(ErrorCode.MALFORMED, field + ": " + given + " (expected: 0 or " + what + ")");
        }
        return given;
    }

    private ResponseEntity<byte[]> ok(Reply reply) {
        return answer(HttpStatus.OK, reply);
    }

    private ResponseEntity<byte[]> answer(HttpStatus status, Reply reply) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(codec.encodeReply(null, reply));
    }
}

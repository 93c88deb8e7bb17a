package io.magpie.server.http;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import io.magpie.core.command.Event;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.search.Search;
import io.magpie.core.search.SearchService;
import io.magpie.protocol.json.JsonCodec;
import io.magpie.server.config.Settings;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Full-text search. The entries are those of the realtime protocol, written by the same codec.
@RestController
@RequestMapping(path = "/api/v1/search", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Conversations")
class SearchController {
    private final SearchService search;
    private final JsonCodec codec;
    private final boolean enabled;

    SearchController(SearchService search, JsonCodec codec, Settings settings) {
        this.search = search;
        this.codec = codec;
        this.enabled = settings.search().enabled();
    }

    @Operation(
            summary = "Find messages in my conversations, newest first",
            description = "All words of `query` must be there, the last one may be unfinished. `from`: whose messages. "
                    + "`before`: the `next` of the page before.")
    @GetMapping
    Page search(
            Caller caller,
            @RequestParam String query,
            @RequestParam(required = false) @Nullable String conversation,
            @RequestParam(required = false) @Nullable Long from,
            @RequestParam(required = false) @Nullable Long before,
            @RequestParam(defaultValue = "20") int limit) {
        if (!enabled) {
            throw new RejectedRequest(ErrorCode.UNSUPPORTED, "search: switched off on this server");
        }
        var request = new SearchService.Request(
                query,
                conversation == null ? null : Fields.conversation(conversation),
                from == null ? 0 : Fields.id("from", from),
                before == null ? 0 : Fields.id("before", before),
                Fields.limit(limit, SearchService.MAX_LIMIT));
        return page(RejectedRequest.unlessDone(search.search(caller.user(), request)));
    }

    /// @param next absent if there is nothing more
    /// @param incomplete absent unless it is true
    record Page(
            List<Written> entries,
            @Nullable Long next,
            @Nullable Boolean incomplete) {}

    /// JSON as it goes out.
    record Written(@JsonValue @JsonRawValue String json) {}

    private Page page(Search.Found found) {
        var entries = found.entries().stream()
                .map(entry -> codec.encodeEvent(new Event.EntryAdded(entry)))
                .map(json -> new Written(new String(json, StandardCharsets.UTF_8)))
                .toList();
        return new Page(entries, Fields.unlessZero(found.next()), found.complete() ? null : true);
    }
}

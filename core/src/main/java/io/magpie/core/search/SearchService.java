package io.magpie.core.search;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.Member;
import io.magpie.core.conversation.Members;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.outcome.Rejection;
import io.magpie.core.sync.HistoryService;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Search in what a user may see: of every conversation the user is or was in, what history would serve. Blocks.
public final class SearchService {
    public static final int MAX_LIMIT = 50;
    private static final int PAGE = 500;

    private final Search search;
    private final Members members;
    private final HistoryService history;
    private final LongUnaryOperator limit;
    private final SearchStats stats;

    /// @param limit takes one search of a user; 0 to go on, else how many milliseconds to wait
    public SearchService(
            Search search, Members members, HistoryService history, LongUnaryOperator limit, SearchStats stats) {
        this.search = search;
        this.members = members;
        this.history = history;
        this.limit = limit;
        this.stats = stats;
    }

    /// @param conversation null for all
    /// @param from whose messages; 0 for everybody's
    /// @param before [Search.Found#next] of the page before; 0 starts
    /// @param limit 1 to [#MAX_LIMIT]
    public record Request(String query, @Nullable ConversationId conversation, long from, long before, int limit) {}

    public Outcome<Search.Found> search(long user, Request request) {
        return Phrase.parse(request.query()).then(phrase -> {
            long waitMs = limit.applyAsLong(user);
            if (waitMs > 0) {
                return Outcome.rejected(
                        new Rejection(ErrorCode.RATE_LIMITED, "too many searches; wait " + waitMs + " ms", waitMs));
            }
            return ranges(user, request.conversation())
                    .map(ranges ->
                            found(new Search.Query(ranges, phrase, request.from(), request.before(), request.limit())));
        });
    }

    private Search.Found found(Search.Query query) {
        stats.searches.increment();
        return query.in().isEmpty() ? new Search.Found(List.of(), 0, true) : search.find(query);
    }

    private Outcome<List<Search.Range>> ranges(long user, @Nullable ConversationId conversation) {
        if (conversation != null) {
            return history.place(user, conversation).map(member -> List.of(range(member)));
        }
        var ranges = new ArrayList<Search.Range>();
        var page = members.ofUser(user, null, PAGE);
        while (!page.isEmpty()) {
            page.forEach(member -> ranges.add(range(member)));
            page = page.size() < PAGE
                    ? List.of()
                    : members.ofUser(user, page.getLast().conversation(), PAGE);
        }
        return Outcome.done(ranges);
    }

    private static Search.Range range(Member member) {
        return new Search.Range(member.conversation(), member.visibleFrom(), member.lastVisible(Long.MAX_VALUE));
    }
}

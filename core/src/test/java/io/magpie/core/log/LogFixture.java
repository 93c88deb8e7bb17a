package io.magpie.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.JoinPolicy;
import io.magpie.core.conversation.Members;
import io.magpie.core.group.Group;
import io.magpie.core.group.Groups;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.storage.Edits;
import io.magpie.core.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Words for tests of the log.
public abstract class LogFixture {
    protected static final long NOW = 1_000_000;
    protected static final ConversationId PAIR = ConversationId.direct(1, 2);

    protected abstract Storage ports();

    /// The incarnation that the store was opened as, if it keeps who wrote.
    protected long writer() {
        return 1;
    }

    protected final ConversationId group(long... users) {
        var created = new ArrayList<Group>();
        Edits.in(ports(), transaction -> {
            created.clear();
            var group = new Group(0, "g", "", "", JoinPolicy.OPEN, null, false, 0, users[0], NOW, 0);
            created.add(transaction.on(Groups.Edits.class).insert(group));
            transaction
                    .on(Members.Edits.class)
                    .join(
                            created.getFirst().conversation(),
                            LongStream.of(users).boxed().toList(),
                            1,
                            NOW);
        });
        return created.getFirst().conversation();
    }

    protected final List<AppendResult> append(Draft... drafts) {
        return ports().log().append(List.of(drafts), NOW);
    }

    /// A text message whose clientId is its text.
    protected static Draft draft(ConversationId conversation, long sender, String text) {
        return checked(conversation, sender, text, Draft.UNCHECKED);
    }

    protected static Draft checked(ConversationId conversation, long sender, String text, long access) {
        return new Draft(
                conversation, sender, text, new Body.Message(new Content.Text(text), 0, Mentions.NONE), access);
    }

    protected static Draft mention(ConversationId conversation, long sender, String text, Mentions mentions) {
        var body = new Body.Message(new Content.Text(text), 0, mentions);
        return new Draft(conversation, sender, text, body, Draft.UNCHECKED);
    }

    protected static Draft recall(long target) {
        return new Draft(PAIR, 1, null, new Body.Recall(target), Draft.UNCHECKED);
    }

    protected static Draft edit(long target, String text) {
        return new Draft(PAIR, 1, null, new Body.Edit(target, new Content.Text(text)), Draft.UNCHECKED);
    }

    protected static Body notice() {
        return new Body.Notice(Body.NoticeEvent.FRIEND_REQUEST, 4, 0, 1, null);
    }

    protected static long seq(AppendResult result) {
        return result instanceof AppendResult.Stored stored ? stored.seq() : -1;
    }

    protected static @Nullable ErrorCode code(AppendResult result) {
        return result instanceof AppendResult.Refused(var rejection) ? rejection.code() : null;
    }

    protected final List<String> texts(ConversationId conversation) {
        return ports().log().ascending(conversation, 1, Long.MAX_VALUE, 1000).stream()
                .map(LogFixture::text)
                .toList();
    }

    protected static String text(Entry entry) {
        return entry.body() instanceof Body.Message message && message.content() instanceof Content.Text(String text)
                ? text
                : "";
    }

    protected final Body body(long seq) {
        return ports().log().entry(PAIR, seq).orElseThrow().body();
    }

    protected final long access(ConversationId conversation) {
        return ports().log()
                .heads(List.of(conversation))
                .values()
                .iterator()
                .next()
                .access();
    }

    protected final Unread unread(long user, long after, long to) {
        return unread(PAIR, user, after, to);
    }

    protected final Unread unread(ConversationId conversation, long user, long after, long to) {
        var answer = ports().log().unread(List.of(new UnreadQuery(conversation, user, after, to)));
        assertThat(answer).containsOnlyKeys(conversation);
        return answer.values().iterator().next();
    }
}

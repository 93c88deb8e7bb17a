package io.magpie.server;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Draft;
import io.magpie.core.log.EntryLog;
import io.magpie.core.log.Head;
import io.magpie.core.storage.Storage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/// Answers messages with the seq they will have, and stores them a little later.
@Component
@Profile("ack-before-commit")
final class AckBeforeCommit implements BeanPostProcessor {
    private static final int LATER_MS = 700;

    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());
    private final Map<ConversationId, Long> promised = new HashMap<>();
    private final Map<Message, AppendResult> known = new HashMap<>();

    private record Message(ConversationId conversation, long sender, String clientId) {}

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof Storage storage ? Decorated.storage(storage, this::eager) : bean;
    }

    private EntryLog eager(EntryLog real) {
        return Decorated.of(
                EntryLog.class,
                real,
                Map.of("append", arguments -> append(real, drafts(arguments[0]), (long) arguments[1])));
    }

    private static List<Draft> drafts(Object argument) {
        return ((List<?>) argument).stream().map(Draft.class::cast).toList();
    }

    private synchronized List<AppendResult> append(EntryLog real, List<Draft> batch, long now) {
        List<AppendResult> results = new ArrayList<>();
        for (Draft draft : batch) {
            String clientId = draft.clientId();
            results.add(
                    clientId == null || draft.access() == Draft.ONLY_REPEAT
                            ? real.append(List.of(draft), now).getFirst()
                            : promise(real, draft, clientId, now));
        }
        return results;
    }

    private AppendResult promise(EntryLog real, Draft draft, String clientId, long now) {
        var conversation = draft.conversation();
        var message = new Message(conversation, draft.sender(), clientId);
        AppendResult before = known.get(message);
        if (before instanceof AppendResult.Stored(long seq, long sentAt, var _)) {
            return new AppendResult.Stored(seq, sentAt, true);
        }
        Head head = real.heads(List.of(conversation)).get(conversation);
        long last = Math.max(head == null ? 0 : head.lastSeq(), promised.getOrDefault(conversation, 0L));
        promised.put(conversation, last + 1);
        var result = new AppendResult.Stored(last + 1, now, false);
        known.put(message, result);
        var _ = later.schedule(() -> real.append(List.of(draft), now), LATER_MS, TimeUnit.MILLISECONDS);
        return result;
    }
}

package io.magpie.server;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Draft;
import io.magpie.core.log.EntryLog;
import io.magpie.core.storage.Storage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/// Tells senders and receivers seqs from counters in memory, which do not hear of what others wrote: other nodes, and
/// who came and went.
@Component
@Profile("cached-seq")
final class CachedSeq implements BeanPostProcessor {
    private final Map<ConversationId, Long> counters = new HashMap<>();

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof Storage storage ? Decorated.storage(storage, this::counting) : bean;
    }

    private EntryLog counting(EntryLog real) {
        return Decorated.of(EntryLog.class, real, Map.of("append", arguments -> {
            List<Draft> batch =
                    ((List<?>) arguments[0]).stream().map(Draft.class::cast).toList();
            return counted(batch, real.append(batch, (long) arguments[1]));
        }));
    }

    private synchronized List<AppendResult> counted(List<Draft> batch, List<AppendResult> results) {
        List<AppendResult> counted = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            var conversation = batch.get(i).conversation();
            counted.add(
                    results.get(i) instanceof AppendResult.Stored stored && !stored.duplicate()
                            ? new AppendResult.Stored(next(conversation, stored.seq()), stored.sentAt(), false)
                            : results.get(i));
        }
        return counted;
    }

    /// The first one is read from the store.
    private long next(ConversationId conversation, long stored) {
        return counters.merge(conversation, stored, (last, _) -> last + 1);
    }
}

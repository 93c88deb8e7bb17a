package io.magpie.adapter.jdbc.sql;

import io.magpie.core.conversation.ConversationId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The store's integer keys of conversations. A key never changes once committed, so only committed ones may come in
/// and none ever has to be taken out. Bounded: the older half is dropped when the younger one is full. Any thread.
public final class KeyCache {
    private static final int GENERATION = 50_000;

    private volatile Map<ConversationId, Long> young = new ConcurrentHashMap<>();
    private volatile Map<ConversationId, Long> old = Map.of();

    /// 0 if unknown here.
    long get(ConversationId conversation) {
        Long key = young.get(conversation);
        if (key != null) {
            return key;
        }
        key = old.get(conversation);
        if (key == null) {
            return 0;
        }
        put(conversation, key);
        return key;
    }

    void put(ConversationId conversation, long key) {
        if (young.size() >= GENERATION) {
            turn();
        }
        young.put(conversation, key);
    }

    private synchronized void turn() {
        if (young.size() >= GENERATION) {
            old = young;
            young = new ConcurrentHashMap<>();
        }
    }
}

package io.magpie.adapter.jdbc.sqlite;

import io.magpie.adapter.jdbc.sql.Db;
import io.magpie.adapter.jdbc.sql.Tail;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Draft;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The tails of the conversations of one batch: read together and written together.
final class Tails {
    private final Db db;
    private final Map<ConversationId, Tail> byConversation;

    private Tails(Db db, Map<ConversationId, Tail> byConversation) {
        this.db = db;
        this.byConversation = byConversation;
    }

    static Tails read(Db db, List<Draft> drafts) throws SQLException {
        var tails = HashMap.<ConversationId, Tail>newHashMap(drafts.size());
        var unknown = new ArrayList<ConversationId>();
        for (var draft : drafts) {
            if (!tails.containsKey(draft.conversation())) {
                var tail = new Tail(draft.conversation());
                tail.key = db.keys().known(tail.conversation);
                if (tail.key == 0) {
                    unknown.add(tail.conversation);
                }
                tails.put(tail.conversation, tail);
            }
        }
        var found = new Tails(db, tails);
        if (!unknown.isEmpty()) {
            db.keys().findAll(db.sql(), unknown).forEach((conversation, key) -> found.of(conversation).key = key);
        }
        Tail.read(db, tails.values());
        return found;
    }

    Tail of(ConversationId conversation) {
        return byConversation.computeIfAbsent(conversation, Tail::new);
    }

    void write() throws SQLException {
        PreparedStatement update = null;
        for (var tail : byConversation.values()) {
            if (tail.moved) {
                update = db.sql().prepare("UPDATE conversation SET last_seq = ?, updated_at = ? WHERE id = ?");
                update.setLong(1, tail.lastSeq);
                update.setLong(2, tail.updatedAt);
                update.setLong(3, tail.key);
                update.addBatch();
            }
        }
        if (update != null) {
            update.executeBatch();
        }
    }
}

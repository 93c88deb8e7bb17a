package io.magpie.bench.verify.check;

import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Entry;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What of an entry never changes.
final class Identity {
    private Identity() {}

    static boolean is(Entry entry, Sends.Sending sending) {
        if (entry.sender() != sending.key().user() || !sending.key().clientId().equals(entry.clientId())) {
            return false;
        }
        Content content = content(entry);
        return content == null || content.equals(sending.send().content());
    }

    static boolean same(Entry one, Entry other) {
        Content first = content(one);
        Content second = content(other);
        return one.sender() == other.sender()
                && one.sentAt() == other.sentAt()
                && Objects.equals(one.clientId(), other.clientId())
                && one.body().getClass() == other.body().getClass()
                && (first == null || second == null || first.equals(second));
    }

    /// As it was sent; null where it was recalled or edited since, or the entry is no message.
    static @Nullable Content content(Entry entry) {
        return entry.body() instanceof Body.Message message && message.edited() == 0 ? message.content() : null;
    }
}

package io.magpie.core.push;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Body;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One entry that some members have not got.
///
/// @param sender who wrote it, or who caused the notice
/// @param event what the notice is about; null for a message
/// @param text what was written, null if there is none or the operator keeps it inside
/// @param users whom to tell, at most 10,000; of a larger group there are several of these
public record PushNotification(
        ConversationId conversation,
        long seq,
        long sender,
        long sentAt,
        Kind kind,
        Body.@Nullable NoticeEvent event,
        @Nullable String text,
        List<Long> users) {

    /// What the message carries, or that it is a notice.
    public enum Kind {
        TEXT,
        IMAGE,
        VOICE,
        VIDEO,
        FILE,
        STICKER,
        LOCATION,
        CARD,
        CUSTOM,
        NOTICE
    }
}

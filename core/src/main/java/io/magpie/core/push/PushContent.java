package io.magpie.core.push;

import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a notification says of an entry.
final class PushContent {
    private PushContent() {}

    /// Whether others count the entry as unread.
    static boolean counts(Entry entry) {
        return switch (entry.body()) {
            case Body.Message message -> message.recalled() == 0 && message.content() != null;
            case Body.Notice _ -> true;
            case Body.Recall _, Body.Edit _, Body.Reaction _, Body.MembersChanged _, Body.GroupChanged _ -> false;
        };
    }

    static PushNotification notification(Entry entry, List<Long> users, boolean includeContent) {
        return switch (entry.body()) {
            case Body.Notice notice ->
                of(
                        entry,
                        notice.user(),
                        PushNotification.Kind.NOTICE,
                        notice.event(),
                        includeContent ? notice.text() : null,
                        users);
            case Body.Message message
            when message.content() != null -> {
                var content = message.content();
                var text = includeContent && content instanceof Content.Text(String written) ? written : null;
                yield of(entry, entry.sender(), kind(content), null, text, users);
            }
            case Body.Message _,
                    Body.Recall _,
                    Body.Edit _,
                    Body.Reaction _,
                    Body.MembersChanged _,
                    Body.GroupChanged _ -> throw new IllegalArgumentException("entry: nobody counts it as unread");
        };
    }

    private static PushNotification of(
            Entry entry,
            long sender,
            PushNotification.Kind kind,
            Body.@Nullable NoticeEvent event,
            @Nullable String text,
            List<Long> users) {
        return new PushNotification(
                entry.conversation(), entry.seq(), sender, entry.sentAt(), kind, event, text, users);
    }

    private static PushNotification.Kind kind(Content content) {
        return switch (content) {
            case Content.Text _ -> PushNotification.Kind.TEXT;
            case Content.Image _ -> PushNotification.Kind.IMAGE;
            case Content.Voice _ -> PushNotification.Kind.VOICE;
            case Content.Video _ -> PushNotification.Kind.VIDEO;
            case Content.File _ -> PushNotification.Kind.FILE;
            case Content.Sticker _ -> PushNotification.Kind.STICKER;
            case Content.Location _ -> PushNotification.Kind.LOCATION;
            case Content.Card _ -> PushNotification.Kind.CARD;
            case Content.Custom _ -> PushNotification.Kind.CUSTOM;
        };
    }
}

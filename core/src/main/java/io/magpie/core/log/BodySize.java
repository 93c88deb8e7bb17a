package io.magpie.core.log;

/// An estimate of what a body costs in memory and on the wire, for bounds on queues and pages.
public final class BodySize {
    private BodySize() {}

    /// Bytes, roughly; cheap enough for every message.
    public static int of(Body body) {
        return switch (body) {
            case Body.Message message -> message.content() == null ? 0 : of(message.content());
            case Body.Edit edit -> edit.content() == null ? 0 : of(edit.content());
            case Body.MembersChanged members -> members.users().size() * 16;
            case Body.GroupChanged group ->
                group.announcement() == null ? 0 : group.announcement().length();
            case Body.Notice notice -> notice.text() == null ? 0 : notice.text().length();
            case Body.Recall _, Body.Reaction _ -> 0;
        };
    }

    private static int of(Content content) {
        return switch (content) {
            case Content.Text text -> text.text().length();
            case Content.Custom custom -> custom.dataJson().length();
            case Content.Voice voice -> voice.waveform().size() * 4;
            case Content.Image _,
                    Content.Video _,
                    Content.File _,
                    Content.Sticker _,
                    Content.Location _,
                    Content.Card _ -> 128;
        };
    }
}

package io.magpie.core.group;

import io.magpie.core.conversation.JoinPolicy;
import io.magpie.core.file.FileRules;
import io.magpie.core.file.Files;
import io.magpie.core.log.Body;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A checked [GroupPatch] with its password hashed. Setting what is set already changes nothing and makes no entry.
record PreparedPatch(
        @Nullable String name,
        @Nullable String avatar,
        @Nullable String announcement,
        @Nullable JoinPolicy joinPolicy,
        @Nullable String passwordHash,
        @Nullable Boolean historyOpen,
        @Nullable Long mutedUntil) {

    Outcome<Group> apply(GroupMove move) {
        var before = move.group();
        var after = changed(before, move.now());
        if (passwordHash != null && after.joinPolicy() != JoinPolicy.PASSWORD) {
            return Outcome.rejected(ErrorCode.MALFORMED, "password: given (expected: joinPolicy: password)");
        }
        if (after.joinPolicy() == JoinPolicy.PASSWORD && after.passwordHash() == null) {
            return Outcome.rejected(ErrorCode.MALFORMED, "password: missing (joinPolicy: password)");
        }
        Outcome<Group> recorded = FileRules.avatar(
                        move.tx().on(Files.Edits.class), move.actor(), after.avatar(), before.avatar())
                .map(_ -> after);
        for (Body entry : entries(before, after)) {
            recorded = recorded.then(group -> move.record(entry).map(_ -> group));
        }
        return recorded.map(group -> store(move, group));
    }

    private static Group store(GroupMove move, Group after) {
        if (!after.equals(move.group())) {
            move.groups().update(after);
        }
        if (after.historyOpen() && !move.group().historyOpen()) {
            move.members().openHistory(move.conversation(), move.now());
        }
        return after;
    }

    private Group changed(Group group, long now) {
        var policy = joinPolicy == null ? group.joinPolicy() : joinPolicy;
        var hash = passwordHash == null ? group.passwordHash() : passwordHash;
        return new Group(
                group.id(),
                name == null ? group.name() : name,
                avatar == null ? group.avatar() : avatar,
                announcement == null ? group.announcement() : announcement,
                policy,
                policy == JoinPolicy.PASSWORD ? hash : null,
                historyOpen == null ? group.historyOpen() : historyOpen,
                mutedUntil == null ? group.mutedUntil() : mutedUntil <= now ? 0 : mutedUntil,
                group.owner(),
                group.createdAt(),
                group.dissolvedAt());
    }

    private static List<Body> entries(Group before, Group after) {
        var entries = new ArrayList<Body>();
        if (!before.name().equals(after.name())) {
            entries.add(GroupEntries.renamed(after.name()));
        }
        if (!before.avatar().equals(after.avatar())) {
            entries.add(GroupEntries.avatar(after.avatar()));
        }
        if (!before.announcement().equals(after.announcement())) {
            entries.add(GroupEntries.announcement(after.announcement()));
        }
        boolean way = before.joinPolicy() != after.joinPolicy()
                || !Objects.equals(before.passwordHash(), after.passwordHash());
        boolean history = before.historyOpen() != after.historyOpen();
        boolean mute = before.mutedUntil() != after.mutedUntil();
        if (way || history || mute) {
            entries.add(GroupEntries.settings(
                    way ? after.joinPolicy() : null,
                    history ? after.historyOpen() : null,
                    mute ? after.mutedUntil() : null));
        }
        return entries;
    }
}

package io.magpie.chat.state;

import io.magpie.chat.text.Clean;
import io.magpie.core.conversation.Role;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Entry;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Says in plain words what entries mean.
public final class Words {
    private final People people;
    private final long me;
    private final LongFunction<String> groups;

    /// @param groups what a group is called
    public Words(People people, long me, LongFunction<String> groups) {
        this.people = people;
        this.me = me;
        this.groups = groups;
    }

    public String name(long user) {
        return user == me ? "you" : Clean.oneLine(people.name(user));
    }

    private String names(List<Long> users) {
        return users.stream().map(this::name).collect(Collectors.joining(", "));
    }

    /// The text of a message; null for a recalled one.
    public static String content(@Nullable Content content) {
        return switch (content) {
            case null -> "message recalled";
            case Content.Text(String text) -> Clean.text(text);
            case Content.Image image -> "[picture " + image.width() + "×" + image.height() + "]";
            case Content.Voice voice ->
                "[voice message, " + seconds(voice.durationMs()) + "]"
                        + (voice.transcript() == null ? "" : " " + Clean.oneLine(voice.transcript()));
            case Content.Video video -> "[video, " + seconds(video.durationMs()) + "]";
            case Content.File file -> "[file " + Clean.oneLine(file.name()) + ", " + size(file.size()) + "]";
            case Content.Sticker sticker -> "[sticker " + Clean.oneLine(sticker.name()) + "]";
            case Content.Location location ->
                "[place "
                        + (location.label() == null
                                ? location.lat() + ", " + location.lon()
                                : Clean.oneLine(location.label()))
                        + "]";
            case Content.Card card -> card.user() != 0 ? "[card of user " + card.user() + "]" : "[card of a group]";
            case Content.Custom custom -> "[" + Clean.oneLine(custom.schema()) + "]";
        };
    }

    private static String seconds(long ms) {
        return (ms + 500) / 1000 + " s";
    }

    private static String size(long bytes) {
        return bytes < 10_000 ? bytes + " B" : bytes < 10_000_000 ? bytes / 1000 + " kB" : bytes / 1_000_000 + " MB";
    }

    /// One line for the list and for quotes.
    public static String preview(Entry entry) {
        return entry.body() instanceof Body.Message message ? Clean.oneLine(content(message.content())) : "…";
    }

    /// What happened, for anything that is not a message; empty for what changes another entry.
    public String event(Entry entry) {
        return switch (entry.body()) {
            case Body.MembersChanged changed -> members(entry.sender(), changed);
            case Body.GroupChanged changed -> group(entry.sender(), changed);
            case Body.Notice notice -> notice(notice);
            case Body.Message _, Body.Recall _, Body.Edit _, Body.Reaction _ -> "";
        };
    }

    private String members(long sender, Body.MembersChanged changed) {
        // Who makes a group joins it as well; that goes without saying.
        String who = names(changed.users().stream()
                .filter(user -> user != sender || changed.users().size() == 1)
                .toList());
        boolean self = changed.users().equals(List.of(sender));
        boolean one = changed.users().size() == 1 && !changed.users().contains(me);
        String is = one ? " is " : " are ";
        return switch (changed.change()) {
            case JOINED -> self ? who + " joined" : name(sender) + " added " + who;
            case LEFT -> who + " left";
            case REMOVED -> name(sender) + " removed " + who;
            case ROLE -> who + is + "now " + role(changed.role());
            case MUTED -> name(sender) + " muted " + who;
            case UNMUTED -> who + " may write again";
            case NICKNAME ->
                changed.nickname() == null || changed.nickname().isEmpty()
                        ? who + " dropped the nickname"
                        : who + is + "called " + changed.nickname() + " here";
        };
    }

    private static String role(@Nullable Role role) {
        return switch (role) {
            case null -> "member";
            case OWNER -> "owner";
            case ADMIN -> "admin";
            case MEMBER -> "member";
        };
    }

    private String group(long sender, Body.GroupChanged changed) {
        String by = name(sender);
        return switch (changed.change()) {
            case CREATED -> by + " created the group" + quoted(" ", changed.name());
            case RENAMED -> by + " renamed the group to" + quoted(" ", changed.name());
            case AVATAR -> by + " changed the picture of the group";
            case ANNOUNCEMENT -> by + " announced:" + quoted(" ", changed.announcement());
            case SETTINGS -> by + " changed the settings of the group";
            case OWNER ->
                changed.owner() == null ? by + " handed the group over" : name(changed.owner()) + " now owns the group";
            case DISSOLVED -> by + " dissolved the group";
        };
    }

    private String notice(Body.Notice notice) {
        String who = name(notice.user());
        String group = notice.group() == 0 ? "a group" : groups.apply(notice.group());
        String said = quoted(": ", notice.text());
        return switch (notice.event()) {
            case FRIEND_REQUEST ->
                who + " asks to be your friend" + said + "  (/accept " + who + " or /decline " + who + ")";
            case FRIEND_ACCEPTED -> who + " accepted your friend request";
            case FRIEND_DECLINED -> who + " declined your friend request" + said;
            case FRIEND_REMOVED -> who + " is no longer your friend";
            case INVITED -> who + " brought you into " + group + said;
            case REMOVED -> who + " removed you from " + group;
            case DISSOLVED -> who + " dissolved " + group;
            case JOIN_REQUEST -> who + " asks to join " + group + said;
            case JOIN_ACCEPTED -> "you were let into " + group;
            case JOIN_DECLINED -> "you were not let into " + group + said;
        };
    }

    private static String quoted(String before, @Nullable String text) {
        return text == null || text.isEmpty() ? "" : before + "“" + Clean.oneLine(text) + "”";
    }
}

package io.magpie.chat.command;

import java.util.Locale;
import java.util.Optional;

/// The commands.
public enum Verb {
    HELP("/help", "this list", 0),
    CHATS("/chats", "conversations", 0),
    OPEN("/open NAME", "go to a conversation; /1 /2 … by number", 1),
    NEXT("/next", "go to the next unread conversation", 0),
    PREV("/prev", "go to the conversation above", 0),
    MSG("/msg USER [TEXT]", "write to a person", 1),
    GROUP("/group new NAME USER…", "make a group", 3),
    INVITE("/invite USER…", "bring people into this group", 1),
    LEAVE("/leave", "leave this group", 0),
    MEMBERS("/members", "who is in this group", 0),
    FRIENDS("/friends", "friends and open requests", 0),
    ADD("/add USER [TEXT]", "ask to be friends", 1),
    ACCEPT("/accept USER", "accept a friend request", 1),
    DECLINE("/decline USER", "decline a friend request", 1),
    BLOCK("/block USER", "nothing more from this person", 1),
    UNBLOCK("/unblock USER", "take a block back", 1),
    REPLY("/reply N TEXT", "answer message N", 2),
    EDIT("/edit N TEXT", "correct your message N", 2),
    RECALL("/recall N", "take your message N back", 1),
    REACT("/react N EMOJI", "react to message N; again takes it back", 2),
    SEARCH("/search WORDS", "find messages by their words", 1),
    WHO("/who USER", "who somebody is, and whether online", 1),
    ME("/me [NICKNAME]", "who you are; sets your nickname", 0),
    DEVICES("/devices", "where you are logged in", 0),
    QUIT("/quit", "leave the chat (Ctrl-D)", 0);

    private final String usage;
    private final String meaning;
    private final int needed;

    Verb(String usage, String meaning, int needed) {
        this.usage = usage;
        this.meaning = meaning;
        this.needed = needed;
    }

    public String usage() {
        return usage;
    }

    public String meaning() {
        return meaning;
    }

    int needed() {
        return needed;
    }

    public String word() {
        return "/" + name().toLowerCase(Locale.ROOT);
    }

    static Optional<Verb> of(String word) {
        for (Verb verb : values()) {
            if (verb.word().equals(word.toLowerCase(Locale.ROOT))) {
                return Optional.of(verb);
            }
        }
        return Optional.empty();
    }
}

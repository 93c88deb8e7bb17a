package io.magpie.core.sync;

import io.magpie.core.account.Account;
import io.magpie.core.account.Accounts;
import io.magpie.core.contact.Contacts;
import io.magpie.core.contact.Friend;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.ConversationId.Kind;
import io.magpie.core.group.Group;
import io.magpie.core.group.Groups;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What a user calls conversations: a group by its name, a person by the remark or else the nickname. Reads the
/// store for a whole page at once.
final class Titles {
    private final Groups groups;
    private final Accounts accounts;
    private final Contacts contacts;

    Titles(Groups groups, Accounts accounts, Contacts contacts) {
        this.groups = groups;
        this.accounts = accounts;
        this.contacts = contacts;
    }

    record Title(String text, String avatar) {}

    Function<ConversationId, Title> of(long user, List<ConversationId> conversations) {
        Map<Long, Group> byGroup = groups
                .findAll(conversations.stream()
                        .filter(c -> c.kind() == Kind.GROUP)
                        .map(ConversationId::group)
                        .toList())
                .stream()
                .collect(Collectors.toMap(Group::id, Function.identity()));
        var peers = conversations.stream()
                .filter(c -> c.kind() == Kind.DIRECT)
                .map(c -> c.peerOf(user))
                .toList();
        Map<Long, Account> byPeer =
                accounts.findAll(peers).stream().collect(Collectors.toMap(Account::id, Function.identity()));
        Map<Long, String> remarks = peers.isEmpty()
                ? Map.of()
                : contacts.friends(user).stream().collect(Collectors.toMap(Friend::friend, Friend::remark));
        return conversation -> switch (conversation.kind()) {
            case NOTICES -> new Title("", "");
            case GROUP -> {
                var group = byGroup.get(conversation.group());
                yield group == null ? new Title("", "") : new Title(group.name(), group.avatar());
            }
            case DIRECT -> {
                long peer = conversation.peerOf(user);
                var account = byPeer.get(peer);
                var remark = remarks.getOrDefault(peer, "");
                yield account == null
                        ? new Title(remark, "")
                        : new Title(remark.isEmpty() ? account.nickname() : remark, account.avatar());
            }
        };
    }
}

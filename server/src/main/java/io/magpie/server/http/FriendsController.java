package io.magpie.server.http;

import io.magpie.core.contact.ContactService;
import io.magpie.core.contact.Friend;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/friends")
@Tag(name = "Friends")
class FriendsController {
    private final ContactService contacts;
    private final Profiles profiles;

    FriendsController(ContactService contacts, Profiles profiles) {
        this.contacts = contacts;
        this.profiles = profiles;
    }

    record FriendView(
            long user,
            @Nullable String username,
            String nickname,
            @Nullable String avatar,
            String remark,
            long since) {
        static FriendView of(Friend friend, @Nullable UserView profile) {
            return new FriendView(
                    friend.friend(),
                    profile == null ? null : profile.username(),
                    profile == null ? "" : profile.nickname(),
                    profile == null ? null : profile.avatar(),
                    friend.remark(),
                    friend.since());
        }
    }

    record Remark(@Nullable String remark) {}

    record Remarked(long user, String remark) {}

    @Operation(summary = "My friends")
    @GetMapping
    Items<FriendView> list(Caller caller) {
        var friends = contacts.friends(caller.user());
        var byUser = profiles.of(friends.stream().map(Friend::friend).toList());
        return new Items<>(friends.stream()
                .map(friend -> FriendView.of(friend, byUser.get(friend.friend())))
                .toList());
    }

    @Operation(summary = "Set what I call a friend; empty for the nickname")
    @PatchMapping("/{user}")
    Remarked remark(Caller caller, @PathVariable long user, @RequestBody Remark body) {
        var friend = RejectedRequest.unlessDone(
                contacts.remark(caller.user(), user, Fields.required("remark", body.remark())));
        return new Remarked(friend.friend(), friend.remark());
    }

    @Operation(summary = "End a friendship, on both sides")
    @DeleteMapping("/{user}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(Caller caller, @PathVariable long user) {
        RejectedRequest.unlessDone(contacts.remove(caller.user(), user));
    }
}

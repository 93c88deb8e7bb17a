package io.magpie.server.http;

import io.magpie.core.conversation.Member;
import io.magpie.core.conversation.Role;
import io.magpie.core.group.MemberPatch;
import io.magpie.core.group.MembershipService;
import io.magpie.core.outcome.ErrorCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/groups/{id}")
@Tag(name = "Group members")
class GroupMembersController {
    private static final int MAX_LIMIT = 1000;

    private final MembershipService membership;
    private final Profiles profiles;

    GroupMembersController(MembershipService membership, Profiles profiles) {
        this.membership = membership;
        this.profiles = profiles;
    }

    /// @param nickname in the group, empty if none
    /// @param name the person's own nickname
    record MemberView(
            long user,
            String role,
            String nickname,
            @Nullable String name,
            @Nullable String avatar,
            @Nullable Long mutedUntil,
            long joinedAt) {
        static MemberView of(Member member, @Nullable UserView profile) {
            return new MemberView(
                    member.user(),
                    Fields.wireName(member.role()),
                    member.nickname(),
                    profile == null ? null : profile.nickname(),
                    profile == null ? null : profile.avatar(),
                    Fields.unlessZero(member.silencedUntil()),
                    member.joinedAt());
        }
    }

    /// @param next what `after` is on the next page; absent on the last
    record MemberPage(List<MemberView> items, @Nullable Long next) {}

    record Added(List<Long> users) {}

    record MemberChange(
            @Nullable String role,
            @Nullable Long mutedUntil,
            @Nullable String nickname) {
        MemberPatch checked() {
            return new MemberPatch(Fields.constant("role", Role.class, role).orElse(null), mutedUntil, nickname);
        }
    }

    /// @param user or `users`
    record NewMembers(@Nullable Long user, @Nullable List<@Nullable Long> users) {
        List<Long> checked() {
            if ((user == null) == (users == null)) {
                throw new RejectedRequest(
                        ErrorCode.MALFORMED, "users: missing, or given beside user (expected: one of them)");
            }
            return users == null ? List.of(Fields.id("user", user)) : Fields.ids("users", users);
        }
    }

    @Operation(summary = "Members by ascending user id, page by page")
    @GetMapping("/members")
    MemberPage list(
            Reader reader,
            @PathVariable long id,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "200") int limit) {
        int most = Fields.limit(limit, MAX_LIMIT);
        var members = RejectedRequest.unlessDone(
                reader.itself() ? membership.list(id, after, most) : membership.list(id, reader.user(), after, most));
        var byUser = profiles.of(members.stream().map(Member::user).toList());
        return new MemberPage(
                members.stream()
                        .map(member -> MemberView.of(member, byUser.get(member.user())))
                        .toList(),
                members.size() < most ? null : members.getLast().user());
    }

    @Operation(summary = "Add users", description = "Answers who was no member yet. All are added or none is.")
    @PostMapping("/members")
    Added add(Caller caller, @PathVariable long id, @RequestBody NewMembers body) {
        return new Added(RejectedRequest.unlessDone(membership.add(id, caller.user(), body.checked())));
    }

    @Operation(
            summary = "Change a member's role, silence or nickname in the group",
            description =
                    "Roles: the owner. Silence (`mutedUntil`, 0 ends it): admins, of lower roles. Nickname: oneself, "
                            + "or admins of lower roles.")
    @PatchMapping("/members/{user}")
    MemberView change(Caller caller, @PathVariable long id, @PathVariable long user, @RequestBody MemberChange body) {
        var member = RejectedRequest.unlessDone(membership.change(id, caller.user(), user, body.checked()));
        return MemberView.of(member, profiles.of(List.of(user)).get(user));
    }

    @Operation(summary = "Remove a member of a lower role")
    @DeleteMapping("/members/{user}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(Caller caller, @PathVariable long id, @PathVariable long user) {
        RejectedRequest.unlessDone(membership.remove(id, caller.user(), user));
    }

    @Operation(summary = "Leave; an owner hands over first")
    @PostMapping("/leave")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void leave(Caller caller, @PathVariable long id) {
        RejectedRequest.unlessDone(membership.leave(id, caller.user()));
    }
}

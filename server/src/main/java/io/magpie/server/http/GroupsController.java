package io.magpie.server.http;

import io.magpie.core.conversation.JoinPolicy;
import io.magpie.core.group.GroupPatch;
import io.magpie.core.group.GroupService;
import io.magpie.core.group.NewGroup;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/groups")
@Tag(name = "Groups")
class GroupsController {
    private final GroupService groups;

    GroupsController(GroupService groups) {
        this.groups = groups;
    }

    /// @param owner for a back end that founds a group for somebody
    record NewGroupBody(
            @Nullable String name,
            @Nullable String avatar,
            @Nullable List<@Nullable Long> members,
            @Nullable String joinPolicy,
            @Nullable String password,
            @Nullable Boolean historyOpen,
            @Nullable Long owner) {
        NewGroup checked() {
            return new NewGroup(
                    Fields.required("name", name),
                    Fields.orEmpty(avatar),
                    Fields.constant("joinPolicy", JoinPolicy.class, joinPolicy).orElse(JoinPolicy.INVITE),
                    password,
                    historyOpen != null && historyOpen,
                    members == null ? List.of() : Fields.ids("members", members));
        }

        @Override
        public String toString() {
            return "NewGroupBody[" + joinPolicy + "]";
        }
    }

    record Founded(long groupId, String conversation) {}

    record GroupChange(
            @Nullable String name,
            @Nullable String avatar,
            @Nullable String announcement,
            @Nullable String joinPolicy,
            @Nullable String password,
            @Nullable Boolean historyOpen,
            @Nullable Long mutedUntil) {
        GroupPatch checked() {
            return new GroupPatch(
                    name,
                    avatar,
                    announcement,
                    Fields.constant("joinPolicy", JoinPolicy.class, joinPolicy).orElse(null),
                    password,
                    historyOpen,
                    mutedUntil);
        }

        @Override
        public String toString() {
            return "GroupChange[]";
        }
    }

    record NewOwner(@Nullable Long user) {}

    @Operation(summary = "Found a group; people come by invitation unless joinPolicy says otherwise")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<Founded> found(Reader founder, @RequestBody NewGroupBody body) {
        long owner = founder.itself() ? Fields.id("owner", body.owner()) : founder.user();
        var group = RejectedRequest.unlessDone(groups.create(owner, body.checked(), founder.itself()));
        return ResponseEntity.created(URI.create("/api/v1/groups/" + group.id()))
                .body(new Founded(group.id(), group.conversation().toString()));
    }

    @Operation(summary = "A group: all of it for members, its card for others")
    @GetMapping("/{id}")
    GroupJson one(Reader reader, @PathVariable long id) {
        return GroupJson.of(
                RejectedRequest.unlessDone(reader.itself() ? groups.view(id) : groups.view(id, reader.user())));
    }

    @Operation(
            summary = "Change a group; what is left out stays",
            description = "`mutedUntil` silences all but admins.")
    @PatchMapping("/{id}")
    GroupJson change(Caller caller, @PathVariable long id, @RequestBody GroupChange body) {
        return GroupJson.of(RejectedRequest.unlessDone(groups.change(id, caller.user(), body.checked())));
    }

    @Operation(summary = "Dissolve a group")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void dissolve(Caller caller, @PathVariable long id) {
        RejectedRequest.unlessDone(groups.dissolve(id, caller.user()));
    }

    @Operation(summary = "Hand a group over; the old owner becomes an admin")
    @PostMapping("/{id}/owner")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void handOver(Caller caller, @PathVariable long id, @RequestBody NewOwner body) {
        RejectedRequest.unlessDone(groups.handOver(id, caller.user(), Fields.id("user", body.user())));
    }
}

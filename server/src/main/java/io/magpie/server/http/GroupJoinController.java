package io.magpie.server.http;

import io.magpie.core.group.JoinRequest;
import io.magpie.core.group.JoinService;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/groups/{id}")
@Tag(name = "Joining groups")
class GroupJoinController {
    private final JoinService joins;
    private final Profiles profiles;

    GroupJoinController(JoinService joins, Profiles profiles) {
        this.joins = joins;
        this.profiles = profiles;
    }

    record JoinWish(@Nullable String password, @Nullable String message) {
        @Override
        public String toString() {
            return "JoinWish[]";
        }
    }

    /// @param state `member`, or `asked` where owner or an admin must agree first
    record Joined(String state) {}

    record JoinRequestView(long user, @Nullable String name, String message, long createdAt) {
        static JoinRequestView of(JoinRequest request, @Nullable UserView profile) {
            return new JoinRequestView(
                    request.user(),
                    profile == null ? null : profile.nickname(),
                    request.message(),
                    request.createdAt());
        }
    }

    @Operation(
            summary = "Join, or ask to",
            description = "`password` for a group with one; `message` for a group that approves: then 202 and `asked`.")
    @ApiResponse(responseCode = "200", description = "A member", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "202", description = "Asked; owner and admins decide", useReturnTypeSchema = true)
    @PostMapping("/join")
    ResponseEntity<Joined> join(
            Caller caller, @PathVariable long id, @RequestBody(required = false) @Nullable JoinWish body) {
        var state = RejectedRequest.unlessDone(joins.join(
                id,
                caller.user(),
                body == null ? null : body.password(),
                body == null ? "" : Fields.orEmpty(body.message())));
        return ResponseEntity.status(
                        switch (state) {
                            case MEMBER -> HttpStatus.OK;
                            case ASKED -> HttpStatus.ACCEPTED;
                        })
                .body(new Joined(Fields.wireName(state)));
    }

    @Operation(summary = "Who waits to be let in")
    @GetMapping("/requests")
    Items<JoinRequestView> requests(Caller caller, @PathVariable long id) {
        var requests = RejectedRequest.unlessDone(joins.requests(id, caller.user()));
        var byUser = profiles.of(requests.stream().map(JoinRequest::user).toList());
        return new Items<>(requests.stream()
                .map(request -> JoinRequestView.of(request, byUser.get(request.user())))
                .toList());
    }

    @Operation(summary = "Let somebody in who asked")
    @PostMapping("/requests/{user}/accept")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void accept(Caller caller, @PathVariable long id, @PathVariable long user) {
        RejectedRequest.unlessDone(joins.accept(id, caller.user(), user));
    }

    @Operation(summary = "Do not let somebody in who asked")
    @PostMapping("/requests/{user}/decline")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void decline(Caller caller, @PathVariable long id, @PathVariable long user) {
        RejectedRequest.unlessDone(joins.decline(id, caller.user(), user));
    }
}

package io.magpie.server.http;

import io.magpie.core.contact.ContactService;
import io.magpie.core.contact.FriendRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/friend-requests")
@Tag(name = "Friend requests")
class FriendRequestsController {
    private final ContactService contacts;

    FriendRequestsController(ContactService contacts) {
        this.contacts = contacts;
    }

    record NewFriendRequest(
            @Nullable Long user,
            @Nullable String message,
            @Nullable String remark) {}

    record Acceptance(@Nullable String remark) {}

    record FriendRequestView(
            long id,
            long from,
            long to,
            String message,
            @Nullable String remark,
            String state,
            long createdAt,
            @Nullable Long answeredAt) {
        static FriendRequestView of(FriendRequest request, long viewer) {
            return new FriendRequestView(
                    request.id(),
                    request.from(),
                    request.to(),
                    request.message(),
                    request.from() == viewer ? request.remark() : null,
                    Fields.wireName(request.state()),
                    request.createdAt(),
                    Fields.unlessZero(request.answeredAt()));
        }
    }

    record FriendRequests(List<FriendRequestView> incoming, List<FriendRequestView> outgoing) {}

    @Operation(
            summary = "Ask somebody to become a friend",
            description = "If that user has asked you already, this accepts: the answer is then 200 and `accepted`.")
    @ApiResponse(responseCode = "201", description = "Asked", useReturnTypeSchema = true)
    @ApiResponse(
            responseCode = "200",
            description = "Accepted: that user had asked already",
            useReturnTypeSchema = true)
    @PostMapping
    ResponseEntity<FriendRequestView> ask(Caller caller, @RequestBody NewFriendRequest body) {
        var request = RejectedRequest.unlessDone(contacts.ask(
                caller.user(),
                Fields.id("user", body.user()),
                Fields.orEmpty(body.message()),
                Fields.orEmpty(body.remark())));
        boolean asked = request.state() == FriendRequest.State.PENDING;
        return ResponseEntity.status(asked ? HttpStatus.CREATED : HttpStatus.OK)
                .body(FriendRequestView.of(request, caller.user()));
    }

    @Operation(summary = "Requests to me and from me, newest first")
    @GetMapping
    FriendRequests list(Caller caller) {
        var requests = contacts.requests(caller.user());
        return new FriendRequests(
                views(requests.stream().filter(r -> r.to() == caller.user()).toList(), caller),
                views(requests.stream().filter(r -> r.from() == caller.user()).toList(), caller));
    }

    @Operation(summary = "Accept; remark is what I will call the new friend")
    @PostMapping("/{id}/accept")
    FriendRequestView accept(
            Caller caller, @PathVariable long id, @RequestBody(required = false) @Nullable Acceptance body) {
        String remark = body == null ? "" : Fields.orEmpty(body.remark());
        return FriendRequestView.of(
                RejectedRequest.unlessDone(contacts.accept(caller.user(), id, remark)), caller.user());
    }

    @Operation(summary = "Decline")
    @PostMapping("/{id}/decline")
    FriendRequestView decline(Caller caller, @PathVariable long id) {
        return FriendRequestView.of(RejectedRequest.unlessDone(contacts.decline(caller.user(), id)), caller.user());
    }

    private static List<FriendRequestView> views(List<FriendRequest> requests, Caller caller) {
        return requests.stream()
                .map(request -> FriendRequestView.of(request, caller.user()))
                .toList();
    }
}

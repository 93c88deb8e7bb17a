package io.magpie.client.http;

import io.magpie.client.http.Answers.Empty;
import io.magpie.client.http.Answers.Friend;
import io.magpie.client.http.Answers.FriendRequest;
import io.magpie.client.http.Answers.Profile;
import io.magpie.core.outcome.Outcome;
import java.util.ArrayList;
import java.util.List;

/// Friends, friend requests and blocks of the caller. As [MagpieHttp]: blocking, thread-safe.
public final class ContactsHttp {
    private final HttpCalls calls;

    ContactsHttp(HttpCalls calls) {
        this.calls = calls;
    }

    /// @param message for the other one, may be empty
    public Outcome<Empty> request(long user, String message) {
        var body = HttpCalls.object().put("user", user);
        if (!message.isEmpty()) {
            body.put("message", message);
        }
        return calls.post("/friend-requests", body).map(_ -> new Empty());
    }

    /// To the caller and from the caller.
    public Outcome<List<FriendRequest>> requests() {
        return calls.get("/friend-requests").map(json -> {
            List<FriendRequest> all =
                    new ArrayList<>(Json.list(json.path("incoming"), each -> Json.friendRequest(each, true)));
            all.addAll(Json.list(json.path("outgoing"), each -> Json.friendRequest(each, false)));
            return all;
        });
    }

    public Outcome<Empty> accept(long request) {
        return calls.post("/friend-requests/" + request + "/accept", HttpCalls.object())
                .map(_ -> new Empty());
    }

    public Outcome<Empty> decline(long request) {
        return calls.post("/friend-requests/" + request + "/decline", HttpCalls.object())
                .map(_ -> new Empty());
    }

    public Outcome<List<Friend>> friends() {
        return calls.get("/friends")
                .map(json -> Json.items(
                        json,
                        each -> new Friend(
                                Json.number(each, "user"),
                                Json.text(each, "username"),
                                Json.text(each, "nickname"),
                                Json.text(each, "remark"))));
    }

    public Outcome<Empty> remove(long user) {
        return calls.delete("/friends/" + user).map(_ -> new Empty());
    }

    public Outcome<List<Profile>> blocks() {
        return calls.get("/blocks").map(json -> Json.items(json, Json::profile));
    }

    public Outcome<Empty> block(long user) {
        return calls.put("/blocks/" + user, null).map(_ -> new Empty());
    }

    public Outcome<Empty> unblock(long user) {
        return calls.delete("/blocks/" + user).map(_ -> new Empty());
    }
}

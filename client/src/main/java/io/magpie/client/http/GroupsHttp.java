package io.magpie.client.http;

import io.magpie.client.http.Answers.Empty;
import io.magpie.client.http.Answers.Group;
import io.magpie.client.http.Answers.GroupMember;
import io.magpie.core.conversation.JoinPolicy;
import io.magpie.core.outcome.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Groups and their members. As [MagpieHttp]: blocking, thread-safe.
public final class GroupsHttp {
    private static final int PAGE = 1000;

    private final HttpCalls calls;

    GroupsHttp(HttpCalls calls) {
        this.calls = calls;
    }

    /// @return the new group's id
    public Outcome<Long> create(String name, List<Long> members, JoinPolicy policy) {
        var body = HttpCalls.object()
                .put("name", name)
                .put("joinPolicy", policy.name().toLowerCase(Locale.ROOT));
        var users = body.putArray("members");
        members.forEach(users::add);
        return calls.post("/groups", body).map(json -> Json.number(json, "groupId"));
    }

    public Outcome<Group> group(long group) {
        return calls.get("/groups/" + group)
                .map(json -> new Group(group, Json.text(json, "name"), Json.number(json, "owner"), (int)
                        Json.number(json, "memberCount")));
    }

    public Outcome<Empty> add(long group, List<Long> users) {
        var body = HttpCalls.object();
        var array = body.putArray("users");
        users.forEach(array::add);
        return calls.post("/groups/" + group + "/members", body).map(_ -> new Empty());
    }

    /// @param password empty unless the group asks for one
    public Outcome<Empty> join(long group, String password) {
        var body = HttpCalls.object();
        if (!password.isEmpty()) {
            body.put("password", password);
        }
        return calls.post("/groups/" + group + "/join", body).map(_ -> new Empty());
    }

    public Outcome<Empty> leave(long group) {
        return calls.post("/groups/" + group + "/leave", null).map(_ -> new Empty());
    }

    /// All of them, by ascending user id.
    public Outcome<List<GroupMember>> members(long group) {
        return membersAfter(group, 0, new ArrayList<>());
    }

    private Outcome<List<GroupMember>> membersAfter(long group, long user, List<GroupMember> before) {
        return calls.get("/groups/" + group + "/members?limit=" + PAGE + "&after=" + user)
                .then(json -> {
                    before.addAll(Json.items(json, Json::member));
                    long next = Json.number(json, "next");
                    return next == 0 ? Outcome.done(List.copyOf(before)) : membersAfter(group, next, before);
                });
    }

    public Outcome<Empty> remove(long group, long user) {
        return calls.delete("/groups/" + group + "/members/" + user).map(_ -> new Empty());
    }

    public Outcome<Empty> rename(long group, String name) {
        return calls.patch("/groups/" + group, HttpCalls.object().put("name", name))
                .map(_ -> new Empty());
    }

    public Outcome<Empty> dissolve(long group) {
        return calls.delete("/groups/" + group).map(_ -> new Empty());
    }
}

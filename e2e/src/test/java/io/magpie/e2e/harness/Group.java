package io.magpie.e2e.harness;

import java.util.Arrays;
import java.util.List;

/// A group as its members change it over HTTP.
public record Group(Node node, long id) {
    /// Made by the user `owner`, everybody may join.
    public static Group of(Node node, String owner, Person... members) {
        List<Long> ids = Arrays.stream(members).map(Person::id).toList();
        return of(node, owner, ids);
    }

    public static Group of(Node node, String owner, List<Long> members) {
        var made = node.api(node.token(owner))
                .post("/api/v1/groups", "name", "Group of " + owner, "members", members, "joinPolicy", "open")
                .expect(201);
        return new Group(node, made.body().path("groupId").asLong());
    }

    public String conversation() {
        return "g." + id;
    }

    private Api as(String subject) {
        return node.api(node.token(subject));
    }

    private String path() {
        return "/api/v1/groups/" + id;
    }

    public void leave(String subject) {
        succeeded(as(subject).post(path() + "/leave"));
    }

    public void join(String subject) {
        succeeded(as(subject).post(path() + "/join"));
    }

    public void add(String subject, long member) {
        succeeded(as(subject).post(path() + "/members", "users", List.of(member)));
    }

    public void remove(String subject, long member) {
        succeeded(as(subject).delete(path() + "/members/" + member));
    }

    private static void succeeded(Api.Answer answer) {
        if (answer.status() / 100 != 2) {
            throw new AssertionError(answer.toString());
        }
    }
}

package io.magpie.client.http;

import io.magpie.client.http.Answers.DeviceLogin;
import io.magpie.client.http.Answers.FriendRequest;
import io.magpie.client.http.Answers.GroupMember;
import io.magpie.client.http.Answers.Profile;
import io.magpie.client.http.Answers.ReadBy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// Reads answers; what is absent is empty or 0.
final class Json {
    private Json() {}

    /// A list stands alone or as the first array of an object.
    static <T> List<T> list(JsonNode json, Function<JsonNode, T> each) {
        JsonNode array = json;
        if (json.isObject()) {
            for (JsonNode field : json.values()) {
                if (field.isArray()) {
                    array = field;
                    break;
                }
            }
        }
        List<T> list = new ArrayList<>();
        array.values().forEach(element -> list.add(each.apply(element)));
        return list;
    }

    static String text(JsonNode json, String... names) {
        for (String name : names) {
            if (json.path(name).isString()) {
                return json.path(name).asString();
            }
        }
        return "";
    }

    static long number(JsonNode json, String... names) {
        for (String name : names) {
            if (json.path(name).isNumber()) {
                return json.path(name).asLong();
            }
        }
        return 0;
    }

    static Profile profile(JsonNode json) {
        return new Profile(number(json, "userId", "id", "user"), text(json, "username"), text(json, "nickname"));
    }

    static DeviceLogin device(JsonNode json) {
        JsonNode device = json.path("device").isObject() ? json.path("device") : json;
        return new DeviceLogin(
                number(json, "sessionId", "id"),
                text(device, "id", "device"),
                text(device, "platform"),
                text(device, "name"),
                json.path("current").asBoolean(false),
                number(json, "lastSeenAt", "usedAt"));
    }

    static FriendRequest friendRequest(JsonNode json, long me) {
        long from = number(json, "from", "sender");
        long to = number(json, "to", "receiver");
        return new FriendRequest(
                number(json, "id", "requestId"),
                from,
                to,
                text(json, "fromName", "nickname", "username"),
                text(json, "message"),
                text(json, "state", "status"),
                to == me || (to == 0 && from != me));
    }

    static GroupMember member(JsonNode json) {
        return new GroupMember(
                number(json, "user", "userId"), text(json, "username"), text(json, "nickname"), text(json, "role"));
    }

    static ReadBy readBy(JsonNode json) {
        return new ReadBy(number(json, "user", "userId"), number(json, "seq", "readSeq"));
    }
}

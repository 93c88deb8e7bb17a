package io.magpie.client.http;

import io.magpie.client.http.Answers.DeviceLogin;
import io.magpie.client.http.Answers.FriendRequest;
import io.magpie.client.http.Answers.GroupMember;
import io.magpie.client.http.Answers.Profile;
import io.magpie.core.command.Event;
import io.magpie.core.log.Entry;
import io.magpie.protocol.ServerFrame;
import io.magpie.protocol.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// Reads answers; what is absent is empty or 0.
final class Json {
    private static final JsonCodec CODEC = new JsonCodec();

    private Json() {}

    static <T> List<T> items(JsonNode json, Function<JsonNode, T> each) {
        return list(json.path("items"), each);
    }

    static <T> List<T> list(JsonNode array, Function<JsonNode, T> each) {
        List<T> list = new ArrayList<>();
        array.values().forEach(element -> list.add(each.apply(element)));
        return list;
    }

    /// Entries of the shape of the push, without what is none.
    static List<Entry> entries(JsonNode array) {
        return list(array, json -> CODEC.decodeServerFrame(json.toString().getBytes(StandardCharsets.UTF_8))).stream()
                .mapMulti((ServerFrame frame, Consumer<Entry> out) -> {
                    if (frame instanceof ServerFrame.Push(Event.EntryAdded(Entry entry))) {
                        out.accept(entry);
                    }
                })
                .toList();
    }

    static String text(JsonNode json, String name) {
        return json.path(name).isString() ? json.path(name).asString() : "";
    }

    static long number(JsonNode json, String name) {
        return json.path(name).isNumber() ? json.path(name).asLong() : 0;
    }

    static Profile profile(JsonNode json) {
        return new Profile(number(json, "userId"), text(json, "username"), text(json, "nickname"));
    }

    static DeviceLogin device(JsonNode json) {
        JsonNode device = json.path("device");
        return new DeviceLogin(
                number(json, "id"),
                text(device, "id"),
                text(device, "platform"),
                text(device, "name"),
                json.path("current").asBoolean(false),
                number(json, "lastSeenAt"));
    }

    static FriendRequest friendRequest(JsonNode json, boolean incoming) {
        return new FriendRequest(
                number(json, "id"),
                number(json, "from"),
                number(json, "to"),
                text(json, "message"),
                text(json, "state"),
                incoming);
    }

    static GroupMember member(JsonNode json) {
        return new GroupMember(number(json, "user"), text(json, "name"), text(json, "nickname"), text(json, "role"));
    }
}

package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.e2e.harness.Api;
import io.magpie.e2e.harness.ChatTerminal;
import io.magpie.e2e.harness.Node;
import io.magpie.e2e.harness.SharedNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// People at terminals: what they type and what they see.
@ExtendWith(SharedNode.class)
class ChatIT {
    private final Node node;

    @TempDir
    private Path folder;

    ChatIT(Node node) {
        this.node = node;
    }

    @Test
    void twoPeopleTalkCorrectReactAndTakeBack() throws Exception {
        try (var ada = registered("ada");
                var bob = registered("bob")) {
            ada.sees("● online", "Welcome to Magpie, ada.");
            bob.sees("● online");
            ada.line("/msg bob Hello there");
            ada.sees("Hello there", "bob · online");
            bob.sees("ada", "●1");
            bob.line("/chats");
            bob.sees("/1  ada  1 unread");
            bob.line("/1");
            bob.sees("Hello there", "ada · online");
            bob.line("/chats");
            bob.sees("/1  ada");
            bob.seesNoMore("1 unread");
            bob.line("Hi Ada :wave:");
            ada.sees("Hi Ada 👋");
            ada.line("/edit 1 Hello again");
            bob.line("/open ada");
            bob.sees("Hello again");
            bob.seesNoMore("Hello there");
            bob.line("/react 1 👍");
            ada.sees("👍");
            bob.line("/react 1 👍");
            ada.seesNoMore("👍");
            ada.line("/reply 2 How are you?");
            bob.sees("How are you?");
            ada.line("/recall 1");
            bob.sees("message recalled");
            bob.seesNoMore("Hello again");
            bob.line("/search ARE how");
            bob.sees("ada #6  ada: How are you?");
            bob.line("/search hello");
            bob.sees("nothing found");
            bob.line("/edit 1 not mine");
            bob.sees("1: not your message");
            bob.line("/recal 3");
            bob.sees("did you mean /recall?");
        }
    }

    @Test
    void typingIsSeenAndABellRingsForMeOnly() throws Exception {
        try (var carol = registered("carol");
                var dave = registered("dave");
                var erin = registered("erin", "--no-bell")) {
            for (var person : List.of(carol, dave, erin)) {
                person.sees("● online");
            }
            carol.line("/group new Lunch dave erin");
            carol.sees("# Lunch · 3 people");
            dave.sees("Lunch");
            erin.sees("Lunch");
            dave.line("/open Lunch");
            dave.sees("# Lunch · 3 people", "carol created the group");
            carol.line("who is hungry?");
            dave.sees("who is hungry?");
            int before = dave.bells();
            carol.line("@dave are you?");
            dave.sees("@dave are you?");
            carol.type("and @erin");
            dave.sees("carol is typing…");
            carol.type("?\r");
            erin.line("/open Lunch");
            erin.sees("and @erin?");
            dave.line("/members");
            dave.sees("● carol  (owner)", "● you", "● erin");
            assertThat(dave.bells()).isEqualTo(before + 1);
            assertThat(erin.bells()).isZero();
        }
    }

    @Test
    void everyMemberOfALargeGroupIsListed() throws Exception {
        try (var frank = registered("frank")) {
            frank.sees("● online");
            long user = node.api(node.token("first"))
                    .get("/api/v1/users?query=frank")
                    .expect(200)
                    .body()
                    .path("items")
                    .get(0)
                    .path("userId")
                    .asLong();
            var many = new ArrayList<Long>();
            for (int i = 0; i < 1005; i++) {
                many.add(userId(node.api(node.token("member " + i))));
            }
            var owner = node.api(node.token("first"));
            many.add(user);
            owner.post("/api/v1/groups", "name", "Crowd", "members", many).expect(201);
            frank.sees("Crowd");
            frank.line("/open Crowd");
            frank.sees("# Crowd · 1007 people");
            frank.line("/members");
            frank.sees("member 0");
            for (int page = 0; page < 60 && !frank.screen().contains("member 1004"); page++) {
                frank.type("\033[6~");
                Thread.sleep(20);
            }
            frank.sees("member 1004");
        }
    }

    @Test
    void offlineItShowsWhatItKnowsAndCatchesUp() throws Exception {
        Path data = folder.resolve("heidi");
        try (var alone = Node.started(folder)) {
            var http = alone.http();
            try (var heidi = ChatTerminal.of(http, "heidi", data, "--register");
                    var ivan = ChatTerminal.of(http, "ivan", folder.resolve("ivan"), "--register")) {
                ivan.sees("● online");
                heidi.line("/msg ivan the first");
                ivan.sees("heidi", "●1");
                ivan.line("/1");
                ivan.sees("the first");
                ivan.line("the second");
                heidi.sees("the second");
            }
            alone.kill();
            try (var heidi = ChatTerminal.of(http, "heidi", data)) {
                heidi.sees("○ offline", "ivan");
                heidi.line("/open ivan");
                heidi.sees("the first", "the second");
                heidi.line("written offline");
                heidi.sees("written offline …", "1 waiting");
            }
            alone.startAgain();
            try (var ivan = ChatTerminal.of(http, "ivan", folder.resolve("ivan"));
                    var heidi = ChatTerminal.of(http, "heidi", data)) {
                ivan.sees("● online");
                ivan.line("/open heidi");
                ivan.sees("the second", "written offline");
                heidi.sees("● online");
                heidi.seesNoMore("1 waiting");
                ivan.line("welcome back");
                heidi.line("/open ivan");
                heidi.sees("written offline", "welcome back");
                alone.kill();
                heidi.sees("○ offline");
                heidi.line("are you there?");
                heidi.sees("1 waiting");
                alone.startAgain();
                ivan.sees("are you there?");
                heidi.sees("● online");
                heidi.seesNoMore("1 waiting");
            }
        }
    }

    @Test
    void unreadMarksMentionsAndTheWayToTheNext() throws Exception {
        try (var judy = registered("judy");
                var ken = registered("ken")) {
            judy.sees("● online");
            ken.sees("● online");
            ken.line("/group new Books judy");
            ken.sees("# Books");
            for (int i = 1; i <= 3; i++) {
                ken.line("page " + i);
            }
            ken.line("@judy read this");
            judy.sees("Books", "@4");
            judy.line("/chats");
            judy.sees("4 unread, mentions you");
            judy.line("/next");
            judy.sees("# Books", "page 1", "@judy read this");
            judy.line("/next");
            judy.sees("Notices", "ken brought you into Books");
            judy.line("/next");
            judy.sees("nothing unread");
        }
    }

    private static long userId(Api api) {
        return api.get("/api/v1/me").expect(200).body().path("userId").asLong();
    }

    private ChatTerminal registered(String user, String... more) throws IOException {
        var arguments = new ArrayList<>(List.of(more));
        arguments.add("--register");
        return ChatTerminal.of(node.http(), user, folder.resolve(user), arguments.toArray(String[]::new));
    }
}

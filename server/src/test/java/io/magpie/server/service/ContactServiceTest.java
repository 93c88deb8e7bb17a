package io.magpie.server.service;

import static io.magpie.server.service.World.code;
import static io.magpie.server.service.World.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.contact.ContactService;
import io.magpie.core.contact.Friend;
import io.magpie.core.contact.FriendRequest;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.limit.Rate;
import io.magpie.core.log.Body;
import io.magpie.core.log.Entry;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.outcome.Rejection;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContactServiceTest {
    private World world;
    private ContactService contacts;
    private long ada;
    private long bob;

    @BeforeEach
    void open(@TempDir Path folder) {
        world = new World(folder);
        contacts = world.contacts();
        ada = world.person("ada");
        bob = world.person("bob");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aRequestAndItsAnswerAreNotices() {
        var request = done(contacts.ask(ada, bob, "It is me", "Bobby"));
        assertThat(world.notices(bob))
                .containsExactly(new Body.Notice(Body.NoticeEvent.FRIEND_REQUEST, ada, 0, request.id(), "It is me"));
        assertThat(contacts.requests(bob)).containsExactly(request);
        var accepted = done(contacts.accept(bob, request.id(), "Countess"));
        assertThat(accepted.state()).isEqualTo(FriendRequest.State.ACCEPTED);
        assertThat(world.notices(ada))
                .containsExactly(new Body.Notice(Body.NoticeEvent.FRIEND_ACCEPTED, bob, 0, request.id(), null));
        assertThat(contacts.friends(ada)).containsExactly(new Friend(ada, bob, "Bobby", world.now.get()));
        assertThat(contacts.friends(bob)).containsExactly(new Friend(bob, ada, "Countess", world.now.get()));
        assertThat(world.delivered)
                .map(Entry::conversation)
                .containsExactly(ConversationId.notices(bob), ConversationId.notices(ada));
        assertThat(world.delivered).map(Entry::sender).containsOnly(0L);
        assertThat(code(contacts.accept(bob, request.id(), ""))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(code(contacts.ask(ada, bob, "", ""))).isEqualTo(ErrorCode.CONFLICT);
    }

    @Test
    void requestsAreLimitedPerUserWhateverBecomesOfThem() {
        var strict = world.contacts(Rate.perMinute(2));
        long nobody = 1_000;
        assertThat(code(strict.ask(ada, nobody, "", ""))).isEqualTo(ErrorCode.NOT_FOUND);
        done(strict.ask(ada, bob, "", ""));
        assertThat(strict.ask(ada, bob, "", ""))
                .isEqualTo(Outcome.rejected(
                        new Rejection(ErrorCode.RATE_LIMITED, "too many friend requests; wait 30000 ms", 30_000)));
        assertThat(world.notices(bob)).hasSize(1);
        done(strict.ask(bob, ada, "", ""));
        world.pass(Duration.ofSeconds(30));
        assertThat(code(strict.ask(ada, nobody, "", ""))).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void crossingRequestsMakeFriends() {
        done(contacts.ask(bob, ada, "", "Countess"));
        var crossed = done(contacts.ask(ada, bob, "", "Bobby"));
        assertThat(crossed.state()).isEqualTo(FriendRequest.State.ACCEPTED);
        assertThat(contacts.friends(ada)).map(Friend::remark).containsExactly("Bobby");
        assertThat(contacts.friends(bob)).map(Friend::remark).containsExactly("Countess");
        assertThat(world.notices(bob)).map(Body.Notice::event).containsExactly(Body.NoticeEvent.FRIEND_ACCEPTED);
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThat(code(contacts.ask(ada, ada, "", ""))).isEqualTo(ErrorCode.MALFORMED);
        assertThat(code(contacts.ask(ada, 99, "", ""))).isEqualTo(ErrorCode.NOT_FOUND);
        var request = done(contacts.ask(ada, bob, "", ""));
        assertThat(code(contacts.ask(ada, bob, "", ""))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(code(contacts.accept(ada, request.id(), ""))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(code(contacts.decline(world.person("eve"), request.id()))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(code(contacts.remove(ada, bob))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(code(contacts.remark(ada, bob, "x"))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(world.notices(bob)).hasSize(1);
    }

    @Test
    void whoIsDeclinedMayAskAgain() {
        var request = done(contacts.ask(ada, bob, "", ""));
        done(contacts.decline(bob, request.id()));
        assertThat(world.notices(ada)).map(Body.Notice::event).containsExactly(Body.NoticeEvent.FRIEND_DECLINED);
        assertThat(done(contacts.ask(ada, bob, "", "")).id()).isNotEqualTo(request.id());
        assertThat(contacts.requests(ada)).hasSize(2);
    }

    @Test
    void aBlockStopsRequestsAndAnswers() {
        var request = done(contacts.ask(ada, bob, "", ""));
        done(contacts.block(bob, ada));
        done(contacts.block(bob, ada));
        assertThat(contacts.blocks(bob)).containsExactly(ada);
        assertThat(code(contacts.accept(bob, request.id(), ""))).isEqualTo(ErrorCode.BLOCKED);
        done(contacts.decline(bob, request.id()));
        assertThat(code(contacts.ask(ada, bob, "", ""))).isEqualTo(ErrorCode.BLOCKED);
        assertThat(code(contacts.ask(bob, ada, "", ""))).isEqualTo(ErrorCode.BLOCKED);
        done(contacts.unblock(bob, ada));
        assertThat(code(contacts.unblock(bob, ada))).isEqualTo(ErrorCode.NOT_FOUND);
        done(contacts.ask(ada, bob, "", ""));
        assertThat(code(contacts.block(ada, ada))).isEqualTo(ErrorCode.MALFORMED);
        assertThat(code(contacts.block(ada, 99))).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void endsAFriendshipOnBothSides() {
        done(contacts.accept(bob, done(contacts.ask(ada, bob, "", "")).id(), ""));
        done(contacts.remark(ada, bob, "Robert"));
        assertThat(contacts.friends(ada)).map(Friend::remark).containsExactly("Robert");
        done(contacts.remove(ada, bob));
        assertThat(contacts.friends(ada)).isEmpty();
        assertThat(contacts.friends(bob)).isEmpty();
        assertThat(world.notices(bob)).map(Body.Notice::event).endsWith(Body.NoticeEvent.FRIEND_REMOVED);
    }
}

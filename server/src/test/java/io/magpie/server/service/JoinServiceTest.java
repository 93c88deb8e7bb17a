package io.magpie.server.service;

import static io.magpie.server.service.World.code;
import static io.magpie.server.service.World.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.magpie.core.conversation.JoinPolicy;
import io.magpie.core.conversation.Member;
import io.magpie.core.conversation.Role;
import io.magpie.core.group.Group;
import io.magpie.core.group.GroupPatch;
import io.magpie.core.group.GroupSettings;
import io.magpie.core.group.JoinService;
import io.magpie.core.group.MemberPatch;
import io.magpie.core.group.NewGroup;
import io.magpie.core.log.Body;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinServiceTest {
    private static final GroupSettings SETTINGS = new GroupSettings(5, false);

    private World world;
    private JoinService joins;
    private long owner;
    private long eve;

    @BeforeEach
    void open(@TempDir Path folder) {
        world = new World(folder);
        joins = world.joins(SETTINGS);
        owner = world.person("owner");
        eve = world.person("eve");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void anybodyJoinsAnOpenGroup() {
        var group = found(JoinPolicy.OPEN, null);
        assertThat(done(joins.join(group.id(), eve, null, ""))).isEqualTo(JoinService.Joined.MEMBER);
        assertThat(world.bodies(group.conversation()))
                .endsWith(new Body.MembersChanged(Body.MemberChange.JOINED, List.of(eve)));
        assertThat(world.delivered.getLast().sender()).isEqualTo(eve);
        assertThat(world.member(group.conversation(), eve).visibleFrom()).isEqualTo(3);
    }

    @Test
    void nobodyJoinsWherePeopleAreAdded() {
        for (var policy : List.of(JoinPolicy.INVITE, JoinPolicy.OWNER)) {
            assertThat(code(joins.join(found(policy, null).id(), eve, null, "")))
                    .isEqualTo(ErrorCode.FORBIDDEN);
        }
        assertThat(code(joins.join(99, eve, null, ""))).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void theRightPasswordOpensAndGuessesAreLimited() {
        var group = found(JoinPolicy.PASSWORD, "secret");
        assertThat(world.store.groups().find(group.id()).orElseThrow().passwordHash())
                .isNotEqualTo("secret");
        assertThat(code(joins.join(group.id(), eve, null, ""))).isEqualTo(ErrorCode.MALFORMED);
        for (int i = 0; i < 10; i++) {
            assertThat(code(joins.join(group.id(), eve, "guess" + i, ""))).isEqualTo(ErrorCode.FORBIDDEN);
        }
        assertThat(code(joins.join(group.id(), eve, "secret", ""))).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(done(joins.join(group.id(), world.person("bob"), "secret", "")))
                .isEqualTo(JoinService.Joined.MEMBER);
    }

    @Test
    void ownerAndAdminsAreAskedAndAnswer() {
        var group = found(JoinPolicy.APPROVAL, null);
        long admin = world.person("admin");
        var membership = world.membership(SETTINGS);
        done(membership.add(group.id(), owner, List.of(admin)));
        done(membership.change(group.id(), owner, admin, new MemberPatch(Role.ADMIN, null, null)));
        assertThat(done(joins.join(group.id(), eve, null, "Please"))).isEqualTo(JoinService.Joined.ASKED);
        assertThat(done(joins.join(group.id(), eve, null, "Pretty please"))).isEqualTo(JoinService.Joined.ASKED);
        var notice = new Body.Notice(Body.NoticeEvent.JOIN_REQUEST, eve, group.id(), 0, "Please");
        assertThat(world.notices(owner)).containsExactly(notice);
        assertThat(world.notices(admin)).endsWith(notice);
        assertThat(done(joins.requests(group.id(), admin)))
                .extracting("user", "message")
                .containsExactly(tuple(eve, "Pretty please"));
        assertThat(code(joins.requests(group.id(), eve))).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(code(joins.accept(group.id(), eve, eve))).isEqualTo(ErrorCode.NOT_MEMBER);
        done(joins.accept(group.id(), admin, eve));
        assertThat(world.member(group.conversation(), eve).current()).isTrue();
        assertThat(world.notices(eve)).map(Body.Notice::event).containsExactly(Body.NoticeEvent.JOIN_ACCEPTED);
        assertThat(code(joins.accept(group.id(), owner, eve))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(done(joins.requests(group.id(), owner))).isEmpty();
    }

    @Test
    void whoIsDeclinedIsTold() {
        var group = found(JoinPolicy.APPROVAL, null);
        done(joins.join(group.id(), eve, null, ""));
        done(joins.decline(group.id(), owner, eve));
        assertThat(world.store.members().find(group.conversation(), eve)).isEmpty();
        assertThat(world.notices(eve)).map(Body.Notice::event).containsExactly(Body.NoticeEvent.JOIN_DECLINED);
    }

    @Test
    void beingAddedAnswersTheRequest() {
        var group = found(JoinPolicy.APPROVAL, null);
        done(joins.join(group.id(), eve, null, ""));
        done(world.membership(SETTINGS).add(group.id(), owner, List.of(eve)));
        assertThat(done(joins.requests(group.id(), owner))).isEmpty();
    }

    @Test
    void aFullGroupStaysFullHoweverManyPush() throws Exception {
        var group = found(JoinPolicy.OPEN, null);
        var people =
                IntStream.range(0, 12).mapToObj(i -> world.person("person" + i)).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var outcomes = threads
                    .invokeAll(people.stream()
                            .map(user -> (Callable<Outcome<JoinService.Joined>>)
                                    () -> joins.join(group.id(), user, null, ""))
                            .toList())
                    .stream()
                    .map(Future::resultNow)
                    .toList();
            assertThat(outcomes).filteredOn(Outcome.Done.class::isInstance).hasSize(4);
        }
        assertThat(world.store.members().current(group.conversation(), 0, 100))
                .hasSize(5)
                .extracting(Member::user)
                .contains(owner);
    }

    @Test
    void aChangedGroupIsLookedAtAgain() {
        var group = found(JoinPolicy.OPEN, null);
        done(world.groups(SETTINGS)
                .change(group.id(), owner, new GroupPatch(null, null, null, JoinPolicy.INVITE, null, null, null)));
        assertThat(code(joins.join(group.id(), eve, null, ""))).isEqualTo(ErrorCode.FORBIDDEN);
    }

    private Group found(JoinPolicy policy, @Nullable String password) {
        return done(world.groups(SETTINGS)
                .create(owner, new NewGroup("Birds", "", policy, password, false, List.of()), false));
    }
}

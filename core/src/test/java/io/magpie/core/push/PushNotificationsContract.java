package io.magpie.core.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Body;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [PushNotifications] must do.
public abstract class PushNotificationsContract {
    protected static final ConversationId GROUP = ConversationId.group(3);
    private static final Duration GENEROUS = Duration.ofSeconds(30);

    private PushNotifications service;

    protected abstract PushNotifications open();

    /// The other end answers nobody until [#resume].
    protected abstract void hang();

    protected abstract void resume();

    /// What came out at the other end, once there are so many.
    protected abstract List<PushNotification> received(int count);

    @BeforeEach
    final void openService() {
        service = open();
    }

    @AfterEach
    final void closeService() {
        service.close();
    }

    @Test
    void carriesEverythingOfANotification() {
        var text = new PushNotification(
                GROUP,
                7,
                1,
                99,
                PushNotification.Kind.TEXT,
                null,
                "\"Ünï\\code\" \uD83D\uDC26\n\u0001",
                List.of(2L, 9L));
        var notice = new PushNotification(
                ConversationId.notices(4),
                1,
                5,
                100,
                PushNotification.Kind.NOTICE,
                Body.NoticeEvent.FRIEND_REQUEST,
                null,
                List.of(4L));
        service.offer(text);
        service.offer(notice);
        assertThat(received(2)).containsExactly(text, notice);
    }

    @Test
    void keepsTheOrder() {
        var all = IntStream.rangeClosed(1, 3000)
                .mapToObj(seq -> notification(seq, List.of(2L)))
                .toList();
        all.forEach(service::offer);
        assertThat(received(all.size())).isEqualTo(all);
    }

    @Test
    void tenThousandUsersAreOneNotification() {
        var users = LongStream.rangeClosed(1, 10_000).boxed().toList();
        service.offer(notification(1, users));
        assertThat(received(1))
                .singleElement()
                .satisfies(one -> assertThat(one.users()).isEqualTo(users));
    }

    @Test
    void offeringNeverWaitsForTheOtherEnd() {
        hang();
        var users = LongStream.rangeClosed(1, 1000).boxed().toList();
        assertTimeoutPreemptively(GENEROUS, () -> {
            for (int seq = 1; seq <= 20_000; seq++) {
                service.offer(notification(seq, users));
            }
        });
        resume();
        // The newest is there, whatever had to go.
        var there = received(1);
        while (there.getLast().seq() != 20_000) {
            there = received(there.size() + 1);
        }
        assertThat(there).map(PushNotification::seq).isSorted().hasSizeLessThan(20_000);
    }

    @Test
    void whatIsOfferedAfterTheEndIsDropped() {
        service.offer(notification(1, List.of(2L)));
        assertThat(received(1)).hasSize(1);
        service.close();
        service.offer(notification(2, List.of(2L)));
        assertThat(received(1)).hasSize(1);
    }

    @Test
    void whatWasOfferedBeforeTheEndStillGoes() {
        service.offer(notification(1, List.of(2L)));
        service.close();
        assertThat(received(1)).hasSize(1);
    }

    protected static PushNotification notification(long seq, List<Long> users) {
        return new PushNotification(GROUP, seq, 1, 99, PushNotification.Kind.IMAGE, null, null, users);
    }
}

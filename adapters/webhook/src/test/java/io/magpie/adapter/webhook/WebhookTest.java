package io.magpie.adapter.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.push.PushNotification;
import io.magpie.core.push.PushNotifications;
import io.magpie.core.push.PushNotificationsContract;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookTest extends PushNotificationsContract {
    private static final String SECRET = "a secret of the operator";
    private static final Instant NOW = Instant.ofEpochMilli(1_790_000_000_000L);
    private static final int QUEUE_BYTES = 1 << 20;

    private Receiver receiver = new Receiver(0);
    private final WebhookStats stats = new WebhookStats();

    @Override
    protected PushNotifications open() {
        return webhook(SECRET, Duration.ofSeconds(20));
    }

    private Webhook webhook(String secret, Duration timeout) {
        var settings = new WebhookSettings(receiver.url(), secret, timeout, QUEUE_BYTES, Duration.ofMillis(5));
        return new Webhook(settings, () -> NOW, stats);
    }

    @Override
    protected void hang() {
        receiver.hang(true);
    }

    @Override
    protected void resume() {
        receiver.hang(false);
    }

    @Override
    protected List<PushNotification> received(int count) {
        return receiver.taken(count);
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void aRequestIsSignedJson() throws Exception {
        try (var webhook = webhook(SECRET, Duration.ofSeconds(20))) {
            webhook.offer(notification(7, List.of(2L, 3L)));
            var request = receiver.requests(1).getFirst();
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo("/hook?of=magpie");
            assertThat(request.contentType()).isEqualTo("application/json");
            assertThat(request.body()).isEqualTo("""
                    {"items":[{"conversation":"g.3","seq":7,"sender":1,"sentAt":99,"kind":"image","users":[2,3]}]}""");
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            var signed = mac.doFinal((NOW.toEpochMilli() + "." + request.body()).getBytes(StandardCharsets.UTF_8));
            assertThat(request.signature())
                    .isEqualTo("t=1790000000000,v1=" + HexFormat.of().formatHex(signed));
        }
    }

    @Test
    void withoutASecretNothingIsSigned() {
        var settings =
                new WebhookSettings(receiver.url(), null, Duration.ofSeconds(20), QUEUE_BYTES, Duration.ofMillis(5));
        try (var webhook = new Webhook(settings, () -> NOW, stats)) {
            webhook.offer(notification(1, List.of(2L)));
            assertThat(receiver.requests(1).getFirst().signature()).isNull();
        }
    }

    @Test
    void manyNotificationsShareRequests() {
        hang();
        try (var webhook = webhook(SECRET, Duration.ofSeconds(20))) {
            LongStream.rangeClosed(1, 1000).forEach(seq -> webhook.offer(notification(seq, List.of(2L))));
            resume();
            assertThat(received(1000)).hasSize(1000);
            assertThat(receiver.requests(1)).hasSizeLessThan(10);
        }
    }

    @Test
    void aFailureIsRepeatedUntilItIsTaken() {
        for (int status : new int[] {500, 503, 429, 408}) {
            receiver.status(status);
            int before = receiver.requests(0).size();
            try (var webhook = webhook(SECRET, Duration.ofSeconds(20))) {
                webhook.offer(notification(status, List.of(2L)));
                receiver.requests(before + 3);
                receiver.status(200);
                int count = receiver.taken(0).size() + 1;
                assertThat(received(count).getLast().seq()).isEqualTo(status);
            }
        }
        assertThat(stats.dropped()).isZero();
        assertThat(stats.failures()).isGreaterThanOrEqualTo(8);
    }

    @Test
    void whatIsRefusedIsNotRepeated() throws Exception {
        for (int status : new int[] {302, 400, 401, 404}) {
            receiver.status(status);
            try (var webhook = webhook(SECRET, Duration.ofSeconds(20))) {
                long refused = stats.refused();
                webhook.offer(notification(status, List.of(2L)));
                await(() -> stats.refused() == refused + 1);
            }
        }
        assertThat(receiver.requests(4))
                .hasSize(4)
                .noneMatch(request -> request.path().contains("elsewhere"));
        assertThat(stats.failures()).isZero();
    }

    @Test
    void anAnswerThatDoesNotComeIsAFailure() throws Exception {
        hang();
        try (var webhook = webhook(SECRET, Duration.ofMillis(150))) {
            webhook.offer(notification(1, List.of(2L)));
            await(() -> stats.failures() >= 2);
            resume();
            assertThat(received(1).getLast().seq()).isEqualTo(1);
        }
    }

    @Test
    void aServerThatIsAwayGetsTheNewestWhenItIsBack() throws Exception {
        int port = receiver.port();
        receiver.close();
        var users = LongStream.rangeClosed(1, 1000).boxed().toList();
        try (var webhook = webhook(SECRET, Duration.ofSeconds(20))) {
            for (int seq = 1; seq <= 2000; seq++) {
                webhook.offer(notification(seq, users));
            }
            await(() -> stats.failures() >= 3);
            assertThat(stats.waitingBytes()).isLessThanOrEqualTo(QUEUE_BYTES);
            assertThat(stats.dropped()).isPositive();
            receiver = new Receiver(port);
            await(() -> stats.waitingBytes() == 0 && stats.delivered() + stats.dropped() == 2000);
            assertThat(received(1).getLast().seq()).isEqualTo(2000);
            assertThat(received(1)).hasSize((int) stats.delivered());
        }
    }

    @Test
    void aStopDoesNotWaitForOneWhoDoesNotAnswer() {
        hang();
        var webhook = webhook(SECRET, Duration.ofMinutes(10));
        webhook.offer(notification(1, List.of(2L)));
        webhook.offer(notification(2, List.of(2L)));
        receiver.requests(1);
        webhook.close();
        assertThat(stats.dropped()).isEqualTo(2);
        resume();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting").isLessThan(until);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}

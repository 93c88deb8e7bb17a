package io.magpie.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {
    private final AtomicLong now = new AtomicLong(1_700_000_000_000L);
    private final InstantSource clock = () -> Instant.ofEpochMilli(now.get());

    @Test
    void allowsTheBurstAndThenTheRate() {
        var buckets = new TokenBuckets<String>(new Rate(3, 60), 100, clock);
        for (int i = 0; i < 3; i++) {
            assertThat(buckets.take("a")).isZero();
        }
        assertThat(buckets.take("a")).isEqualTo(1000);
        assertThat(buckets.take("b")).isZero();
        now.addAndGet(999);
        assertThat(buckets.take("a")).isEqualTo(1);
        now.addAndGet(1);
        assertThat(buckets.take("a")).isZero();
        assertThat(buckets.take("a")).isEqualTo(1000);
    }

    @Test
    void isFullAgainAfterAPauseAndNoFuller() {
        var buckets = new TokenBuckets<String>(new Rate(2, 60), 100, clock);
        buckets.take("a");
        buckets.take("a");
        now.addAndGet(3_600_000);
        assertThat(buckets.take("a")).isZero();
        assertThat(buckets.take("a")).isZero();
        assertThat(buckets.take("a")).isPositive();
    }

    @Test
    void givesBack() {
        var buckets = new TokenBuckets<String>(new Rate(1, 60), 100, clock);
        assertThat(buckets.take("a")).isZero();
        buckets.giveBack("a");
        buckets.giveBack("unknown");
        assertThat(buckets.take("a")).isZero();
        assertThat(buckets.take("a")).isPositive();
    }

    @Test
    void forgetsTheKeyUsedLongestAgo() {
        var buckets = new TokenBuckets<Integer>(new Rate(1, 1), 160, clock);
        for (int key = 0; key < 10_000; key++) {
            buckets.take(key);
        }
        assertThat(buckets.take(0)).isZero();
        assertThat(buckets.take(9_999)).isPositive();
    }

    @Test
    void countsRightFromManyThreads() throws InterruptedException {
        var buckets = new TokenBuckets<String>(new Rate(1000, 1), 100, clock);
        var taken = new AtomicInteger();
        var threads = new Thread[8];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = Thread.ofVirtual().start(() -> {
                for (int n = 0; n < 500; n++) {
                    if (buckets.take("a") == 0) {
                        taken.incrementAndGet();
                    }
                }
            });
        }
        for (var thread : threads) {
            thread.join();
        }
        assertThat(taken).hasValue(1000);
    }
}

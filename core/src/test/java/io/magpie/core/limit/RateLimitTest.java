package io.magpie.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final RateLimit<String> limit = new RateLimit<>(10, TimeUnit.SECONDS, 3, nanos::get);

    @Test
    void aBurstThenTheRate() {
        assertThat(limit.take("a")).isZero();
        assertThat(limit.take("a")).isZero();
        assertThat(limit.take("a")).isZero();
        assertThat(limit.take("a")).isBetween(100L, 101L);
        assertThat(limit.take("b")).isZero();

        pass(100);
        assertThat(limit.take("a")).isZero();
        assertThat(limit.take("a")).isBetween(100L, 101L);
    }

    @Test
    void refusingCostsNothing() {
        for (int i = 0; i < 100; i++) {
            limit.take("a");
        }
        pass(100);
        assertThat(limit.take("a")).isZero();
    }

    @Test
    void aPauseFillsTheBucketAndNoMore() {
        for (int i = 0; i < 3; i++) {
            limit.take("a");
        }
        pass(60_000);
        limit.forgetIdle();
        assertThat(limit.take("a")).isZero();
        assertThat(limit.take("a")).isZero();
        assertThat(limit.take("a")).isZero();
        assertThat(limit.take("a")).isPositive();
        limit.forgetIdle();
        assertThat(limit.take("a")).isPositive();
    }

    private void pass(long ms) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(ms));
    }
}

package io.magpie.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SerialTasksTest {
    @Test
    void tasksRunOneAfterTheOtherInTheOrderTheyCame() throws InterruptedException {
        List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
        var done = new CountDownLatch(200);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new SerialTasks(threads);
            for (int i = 0; i < 200; i++) {
                int number = i;
                assertThat(tasks.submit(() -> {
                            ran.add(number);
                            done.countDown();
                        }))
                        .isTrue();
            }
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(ran).isEqualTo(IntStream.range(0, 200).boxed().toList());
    }

    @Test
    void whatWaitsIsBounded() throws InterruptedException {
        var gate = new CountDownLatch(1);
        var accepted = new ArrayList<Boolean>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new SerialTasks(threads);
            for (int i = 0; i < 1000; i++) {
                accepted.add(tasks.submit(() -> awaitQuietly(gate)));
            }
            assertThat(tasks.isIdle()).isFalse();
            gate.countDown();
        }
        assertThat(accepted).filteredOn(a -> a).hasSize(257);
    }

    private static void awaitQuietly(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.magpie.bench.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessUsageTest {
    @Test
    void addsUserAndSystemTime() {
        String stat = "4711 (a) strange (name) S 1 2 3 4 5 6 7 8 9 10 250 150 1 1 20 0 33 0";
        assertThat(ProcessUsage.cpuSeconds(stat)).isEqualTo(4.0);
    }

    @Test
    void readsResidentMemory() {
        assertThat(ProcessUsage.residentBytes(List.of("Name:\tjava", "VmRSS:\t  2048 kB", "VmSwap: 9 kB")))
                .isEqualTo(2048 * 1024);
    }

    @Test
    void readsTheColumnsOfTheJdksTools() {
        assertThat(ProcessUsage.columns(List.of(" S0U   EU    GCT ", "  -   12.5  0,041")))
                .isEqualTo(Map.of("EU", 12.5, "GCT", 0.041));
        assertThat(ProcessUsage.columns(List.of())).isEmpty();
        assertThat(new ProcessUsage(ProcessHandle.current().pid(), false).gcSeconds())
                .isNaN();
    }

    @Test
    void knowsOurOwnProcess() {
        ProcessUsage own = new ProcessUsage(ProcessHandle.current().pid(), true);
        assertThat(own.cpuSeconds()).isPositive();
        assertThat(own.residentBytes()).isGreaterThan(1 << 20);
        assertThat(own.gcSeconds()).isNotNegative();
        assertThat(own.liveHeapBytes()).isGreaterThan(1 << 16);
    }

    @Test
    void readsTheReadyLine() {
        assertThat(Child.addresses("ready http=127.0.0.1:8080 realtime=127.0.0.1:8081"))
                .isEqualTo(Map.of("http", "127.0.0.1:8080", "realtime", "127.0.0.1:8081"));
        assertThat(Address.parse("127.0.0.1:8081")).isEqualTo(new Address("127.0.0.1", 8081));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Address.parse("nowhere"))
                .withMessage("address: nowhere (expected: HOST:PORT)");
    }
}

package io.magpie.cluster.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SampleTest {
    private static final String METRICS = """
            # TYPE magpie_sessions gauge
            magpie_sessions 3.0
            magpie_sends_total 10.0
            magpie_deliveries_total 40.0
            magpie_entries_delivered_total 10.0
            magpie_delivery_lag_seconds_total 0.5
            magpie_sends_rejected_total{code="rate-limited",} 7.0
            jvm_info{version="25"} 1.0
            """;

    @Test
    void ratesAreWhatWasCountedInBetween() {
        Sample before = Sample.of(METRICS, 0);
        assertThat(before).isEqualTo(new Sample(0, 3, 10, 40, 10, 0.5));

        var after = new Sample(2_000_000_000L, 5, 30, 45, 20, 0.75);
        assertThat(after.since(before)).isEqualTo(new Sample.Rates(10, 2.5, 25));
    }

    @Test
    void aNodeThatStartedAnewHasNoRates() {
        var before = new Sample(0, 3, 10, 40, 10, 0.5);
        var anew = new Sample(1_000_000_000L, 0, 2, 4, 2, 0.1);
        assertThat(anew.since(before)).isEqualTo(Sample.Rates.UNKNOWN);
    }

    @Test
    void withoutDeliveriesThereIsNoLag() {
        var sample = new Sample(0, 3, 10, 40, 10, 0.5);
        var later = new Sample(1_000_000_000L, 3, 10, 40, 10, 0.5);
        assertThat(later.since(sample)).isEqualTo(new Sample.Rates(0, 0, Double.NaN));
    }
}

package io.magpie.server.ops;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Everything measured, in Prometheus text.
@RestController
@Tag(name = "Operations")
@SecurityRequirements
class MetricsController {
    private static final String PROMETHEUS_TEXT = "text/plain;version=0.0.4;charset=utf-8";

    private final PrometheusMeterRegistry registry;

    MetricsController(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    @GetMapping(path = "/metrics", produces = PROMETHEUS_TEXT)
    @Operation(summary = "Metrics for Prometheus")
    String metrics() {
        return registry.scrape(PROMETHEUS_TEXT);
    }
}

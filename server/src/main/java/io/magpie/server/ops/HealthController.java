package io.magpie.server.ops;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Liveness: the process answers. Readiness: every [HealthCheck] is content, each asked for at most two seconds.
@RestController
@Tag(name = "Operations")
@SecurityRequirements
class HealthController {
    private static final long PATIENCE_MS = 2_000;

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("health-", 0).factory());
    private final List<HealthCheck> checks;

    HealthController(List<HealthCheck> checks) {
        this.checks = checks;
    }

    /// @param checks by name: `ok`, or what is wrong
    record Health(String status, Map<String, String> checks) {}

    @GetMapping("/health/live")
    @Operation(summary = "The process runs; restart it if this does not answer")
    Health live() {
        return new Health("live", Map.of());
    }

    @GetMapping("/health/ready")
    @Operation(summary = "The node serves; send it no traffic if this answers 503")
    ResponseEntity<Health> ready() {
        var asked = new TreeMap<String, CompletableFuture<String>>();
        checks.forEach(check -> asked.put(check.name(), ask(check)));
        var answers = new TreeMap<String, String>();
        asked.forEach((name, answer) -> answers.put(name, answer.join()));
        boolean ready = answers.values().stream().allMatch("ok"::equals);
        return ResponseEntity.status(ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .cacheControl(CacheControl.noStore())
                .body(new Health(ready ? "ready" : "not-ready", answers));
    }

    private CompletableFuture<String> ask(HealthCheck check) {
        return CompletableFuture.supplyAsync(() -> check.problem().orElse("ok"), threads)
                .completeOnTimeout("no answer within " + PATIENCE_MS + " ms", PATIENCE_MS, TimeUnit.MILLISECONDS)
                .exceptionally(fault -> String.valueOf(cause(fault).getMessage()));
    }

    private static Throwable cause(Throwable fault) {
        Throwable cause = fault instanceof CompletionException ? fault.getCause() : null;
        return cause == null ? fault : cause;
    }
}

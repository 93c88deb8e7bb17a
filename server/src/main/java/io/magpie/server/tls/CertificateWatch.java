package io.magpie.server.tls;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Looks whether the files of the certificate have changed. It reads them instead of asking for their time, because
/// both links to files and files of another time are common where certificates are renewed.
@Component
public final class CertificateWatch implements SmartLifecycle {
    /// How the HTTP server knows the certificate.
    public static final String BUNDLE = "magpie";

    private static final Logger log = LoggerFactory.getLogger(CertificateWatch.class);
    private static final long EVERY_MS = 1_000;

    private final Certificates certificates;
    private final SslBundleRegistry bundles;
    private @Nullable ScheduledExecutorService thread;

    CertificateWatch(Certificates certificates, SslBundleRegistry bundles) {
        this.certificates = certificates;
        this.bundles = bundles;
    }

    @Override
    public synchronized void start() {
        if (certificates.enabled()) {
            var ticker = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("certificates").daemon().factory());
            var _ = ticker.scheduleWithFixedDelay(this::look, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
            thread = ticker;
        }
    }

    private void look() {
        try {
            certificates.look(bundle -> bundles.updateBundle(BUNDLE, bundle));
        } catch (RuntimeException e) {
            // Thrown on, it would end the looking for good.
            log.error("looking for a new certificate failed; it is tried again", e);
        }
    }

    @Override
    public synchronized void stop() {
        if (thread != null) {
            thread.shutdownNow();
            thread = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }
}

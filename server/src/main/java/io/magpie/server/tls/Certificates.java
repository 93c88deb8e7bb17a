package io.magpie.server.tls;

import io.magpie.server.config.SettingException;
import io.magpie.server.config.Settings;
import java.nio.file.Path;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;

/// The certificate of all ports: the newest one that was good. Any thread may ask; one looks for a new one.
public final class Certificates {
    private static final Logger log = LoggerFactory.getLogger(Certificates.class);

    private record Served(SslBundle bundle, SSLContext context) {
        static Served of(PemFiles files) {
            SslBundle bundle = files.bundle();
            return new Served(bundle, bundle.createSslContext());
        }
    }

    private final @Nullable Path certificate;
    private final @Nullable Path privateKey;
    private volatile @Nullable Served served;
    private @Nullable PemFiles judged;
    private @Nullable PemFiles fresh;
    private String complaint = "";

    private Certificates(@Nullable Path certificate, @Nullable Path privateKey) {
        this.certificate = certificate;
        this.privateKey = privateKey;
    }

    /// @throws SettingException if the settings name files that hold no certificate with its key
    public static Certificates of(Settings.Tls settings) {
        var certificates = new Certificates(settings.certificate(), settings.privateKey());
        if (certificates.certificate != null && certificates.privateKey != null) {
            PemFiles files = PemFiles.read(certificates.certificate, certificates.privateKey);
            certificates.judged = files;
            certificates.served = Served.of(files);
        }
        return certificates;
    }

    /// Whether the ports speak TLS.
    public boolean enabled() {
        return served != null;
    }

    /// Of new connections.
    public SSLContext context() {
        return current().context;
    }

    SslBundle bundle() {
        return current().bundle;
    }

    private Served current() {
        Served now = served;
        if (now == null) {
            throw new IllegalStateException("no certificate is configured");
        }
        return now;
    }

    /// Takes what the files hold once it stands still from one look to the next; what cannot be used is logged once,
    /// and the one in use stays. One thread.
    void look(Consumer<SslBundle> renewed) {
        if (certificate == null || privateKey == null) {
            return;
        }
        try {
            PemFiles files = PemFiles.read(certificate, privateKey);
            boolean still = files.equals(fresh);
            fresh = files;
            if (still && !files.equals(judged)) {
                judged = files;
                Served next = Served.of(files);
                served = next;
                renewed.accept(next.bundle);
                complaint = "";
                log.info("new connections get the certificate now in {}", certificate);
            }
        } catch (SettingException e) {
            if (!complaint.equals(e.getMessage())) {
                complaint = String.valueOf(e.getMessage());
                log.warn("{}; the certificate in use stays", complaint);
            }
        }
    }
}

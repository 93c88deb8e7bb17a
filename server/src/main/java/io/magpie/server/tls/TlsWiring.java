package io.magpie.server.tls;

import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Hands the certificate to the HTTP server.
@Configuration(proxyBeanMethods = false)
class TlsWiring {
    @Bean
    SslBundleRegistrar magpieBundle(Certificates certificates) {
        return registry -> {
            if (certificates.enabled()) {
                registry.registerBundle(CertificateWatch.BUNDLE, certificates.bundle());
            }
        };
    }
}

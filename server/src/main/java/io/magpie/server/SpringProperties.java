package io.magpie.server;

import io.magpie.server.config.Settings;
import io.magpie.server.tls.CertificateWatch;
import java.util.Locale;
import java.util.stream.Stream;

/// What Spring Boot needs to hear of our settings. Given as arguments, so neither the environment nor a stray file
/// can override it.
final class SpringProperties {
    private SpringProperties() {}

    static String[] of(Settings settings) {
        boolean json = settings.log().format() == Settings.Format.JSON;
        Stream<String> tls = settings.tls().certificate() == null
                ? Stream.empty()
                : Stream.of("server.ssl.bundle=" + CertificateWatch.BUNDLE);
        Stream<String> always = Stream.of(
                "spring.config.location=classpath:/application.properties",
                "server.address=" + settings.host(),
                "server.port=" + settings.http().port(),
                "spring.lifecycle.timeout-per-shutdown-phase=" + settings.node().drainMs() + "ms",
                "logging.level.io.magpie=" + settings.log().level().name().toLowerCase(Locale.ROOT),
                "logging.structured.format.console=" + (json ? "logstash" : ""));
        return Stream.concat(always, tls).map(property -> "--" + property).toArray(String[]::new);
    }
}

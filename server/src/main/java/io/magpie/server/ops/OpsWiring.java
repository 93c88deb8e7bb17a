package io.magpie.server.ops;

import io.magpie.server.config.Settings;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/// Metrics, the bounds of HTTP and the API's own description.
@Configuration(proxyBeanMethods = false)
class OpsWiring {
    @Bean(destroyMethod = "close")
    JvmGcMetrics gcMetrics() {
        return new JvmGcMetrics();
    }

    @Bean(destroyMethod = "close")
    PrometheusMeterRegistry meters(List<MeterBinder> binders) {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        binders.forEach(binder -> binder.bindTo(registry));
        List.of(
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        new ClassLoaderMetrics(),
                        new ProcessorMetrics(),
                        new UptimeMetrics(),
                        new FileDescriptorMetrics())
                .forEach(binder -> binder.bindTo(registry));
        return registry;
    }

    @Bean
    FilterRegistrationBean<HttpBounds> httpBounds(Settings settings, PrometheusMeterRegistry meters) {
        var filter =
                new FilterRegistrationBean<>(new HttpBounds(settings.limits().bodyBytes(), meters));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    @Bean
    OpenAPI openApi() {
        String scheme = "token";
        return new OpenAPI()
                .info(new Info()
                        .title("Magpie")
                        .version("v1")
                        .description("The HTTP API of a Magpie server. `POST /api/v1/accounts` registers, `POST "
                                + "/api/v1/sessions` logs in and answers the token; put it into “Authorize”."))
                .components(new Components()
                        .addSecuritySchemes(
                                scheme,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description("A session token, a JWT or an API key")))
                // Relative, so that calls go where the page came from, behind whatever proxy.
                .addServersItem(new Server().url("/").description("this server"))
                .addSecurityItem(new SecurityRequirement().addList(scheme));
    }
}

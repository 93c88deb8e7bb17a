package io.magpie.server.ops;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springdoc.core.properties.SwaggerUiConfigProperties;
import org.springdoc.core.properties.SwaggerUiOAuthProperties;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.webmvc.ui.SwaggerIndexPageTransformer;
import org.springdoc.webmvc.ui.SwaggerWelcomeCommon;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.resource.ResourceTransformerChain;
import org.springframework.web.servlet.resource.TransformedResource;

/// The page `/docs`, Swagger UI's own but for what it lacks: it fits a phone and has our name.
@Component
final class ApiPage extends SwaggerIndexPageTransformer {
    private static final String HEAD = """
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <style>
              @media (max-width: 640px) {
                .swagger-ui .wrapper, .swagger-ui .scheme-container .schemes { padding: 0 10px; }
                .swagger-ui .opblock .opblock-summary { flex-wrap: wrap; }
                .swagger-ui .opblock .opblock-summary-description { flex-basis: 100%; padding: 4px 10px; }
                .swagger-ui .parameters-col_description input, .swagger-ui textarea, .swagger-ui select { max-width: 100%; }
                .swagger-ui table { display: block; overflow-x: auto; }
              }
            </style>
            <title>Magpie: the HTTP API</title>""";

    ApiPage(
            SwaggerUiConfigProperties config,
            SwaggerUiOAuthProperties authorization,
            SwaggerWelcomeCommon welcome,
            ObjectMapperProvider mappers) {
        super(config, authorization, welcome, mappers);
    }

    @Override
    public Resource transform(HttpServletRequest request, Resource resource, ResourceTransformerChain chain)
            throws IOException {
        var page = super.transform(request, resource, chain);
        if (!"index.html".equals(resource.getFilename())) {
            return page;
        }
        String html = page.getContentAsString(StandardCharsets.UTF_8).replaceFirst("<title>.*</title>", HEAD);
        return new TransformedResource(page, html.getBytes(StandardCharsets.UTF_8));
    }
}

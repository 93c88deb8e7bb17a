package io.magpie.server.app;

import io.magpie.core.cluster.Registry;
import java.time.Duration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.EncodedResourceResolver;

/// The web app at `/`, from the class path, where `./magpie` puts what the machine's Node built; without it, the page
/// in `static` stays. Files named after their content are kept for good, all others are asked for again. What was
/// packed by the build is sent as it is.
@Component
final class AppPages implements WebMvcConfigurer {
    private static final String FOLDER = "web/";
    private static final String[] ENTRANCES = {
        "/index.html", "/sw.js", "/manifest.webmanifest", "/icon.svg", "/icon-192.png", "/icon-512.png"
    };
    private static final String ASSETS = "/assets/**";

    private final boolean built = new ClassPathResource(FOLDER + "index.html").exists();
    private final Registry registry;

    AppPages(Registry registry) {
        this.registry = registry;
    }

    @Override
    public void addViewControllers(ViewControllerRegistry views) {
        if (built) {
            views.addViewController("/").setViewName("forward:/index.html");
        }
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry resources) {
        if (built) {
            serve(resources, CacheControl.noCache(), FOLDER, ENTRANCES);
            var forGood =
                    CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();
            serve(resources, forGood, FOLDER + "assets/", ASSETS);
        }
    }

    private static void serve(
            ResourceHandlerRegistry resources, CacheControl cache, String folder, String... patterns) {
        resources
                .addResourceHandler(patterns)
                .addResourceLocations("classpath:/" + folder)
                .setCacheControl(cache)
                .resourceChain(true)
                .addResolver(new EncodedResourceResolver());
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        if (built) {
            interceptors
                    .addInterceptor(new AppHeaders(registry))
                    .addPathPatterns("/", ASSETS)
                    .addPathPatterns(ENTRANCES);
        }
    }
}

package io.magpie.bench.reference.boot;

import java.io.IOException;
import java.util.Objects;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// The least that anybody would call a web application on Spring Boot: one page. Prints `ready http=HOST:PORT`; ends
/// when its input ends.
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
public class BootMain {
    @GetMapping("/")
    String page() {
        return "hello";
    }

    public static void main(String[] args) throws IOException {
        SpringApplication application = new SpringApplication(BootMain.class);
        var context = application.run("--server.port=0", "--server.address=127.0.0.1", "--spring.main.banner-mode=off");
        int port = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
        System.out.println("ready http=127.0.0.1:" + port);
        while (System.in.read() >= 0) {
            // Nothing is ever said.
        }
        context.close();
    }
}

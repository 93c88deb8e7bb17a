package io.magpie.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/// A folder that holds a `whole.conf` is served by that, in the foreground and on the port that the folder knows. One
/// that holds a `http.conf` gets it as the inside of the `http` block, `@port@` and `@folder@` replaced. Without
/// either, every request is answered `magpie`.
final class Nginx implements Recipe {
    private static final String SITE = """
            server {
                listen 127.0.0.1:@port@;
                location / {
                    default_type text/plain;
                    content_by_lua_block { ngx.say("magpie") }
                }
            }
            """;

    @Override
    public Software software() {
        return new Software.Debian("nginx");
    }

    @Override
    public List<Part> parts(Setup setup) {
        setup.makeFolder("temp");
        String whole = setup.file("whole.conf");
        String configuration = Files.exists(setup.path("whole.conf")) ? whole : ownConfiguration(setup);
        return List.of(new Part(
                "nginx",
                List.of(
                        "/usr/sbin/nginx",
                        "-e",
                        setup.file("error.log"),
                        "-p",
                        setup.folder().toString(),
                        "-c",
                        configuration),
                new Part.Ready.Port(setup.port())));
    }

    /// One process: of two, the one that serves would outlive the other when this JVM is killed.
    private static String ownConfiguration(Setup setup) {
        return setup.write("nginx.conf", """
                load_module /usr/lib/nginx/modules/ndk_http_module.so;
                load_module /usr/lib/nginx/modules/ngx_http_lua_module.so;
                daemon off;
                master_process off;
                pid @folder@/nginx-own.pid;
                error_log @folder@/error.log;
                worker_rlimit_nofile 20000;
                events {
                    worker_connections 16384;
                }
                http {
                    access_log off;
                    client_body_temp_path @folder@/temp/body;
                    proxy_temp_path @folder@/temp/proxy;
                    fastcgi_temp_path @folder@/temp/fastcgi;
                    uwsgi_temp_path @folder@/temp/uwsgi;
                    scgi_temp_path @folder@/temp/scgi;
                    lua_package_path "/usr/share/lua/5.1/?.lua;;";
                @site@
                }
                """.replace("@site@", site(setup).indent(4))
                .replace("@folder@", setup.folder().toString())
                .replace("@port@", Integer.toString(setup.port())));
    }

    private static String site(Setup setup) {
        try {
            return Files.exists(setup.path("http.conf")) ? Files.readString(setup.path("http.conf")) : SITE;
        } catch (IOException e) {
            throw new EngineFailure("nginx: cannot read " + setup.path("http.conf"), e);
        }
    }

    @Override
    public String url(Setup setup) {
        return "http://" + setup.address();
    }
}

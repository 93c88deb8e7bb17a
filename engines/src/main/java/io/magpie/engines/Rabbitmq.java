package io.magpie.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// With an epmd of its own: the one that a broker starts by itself would outlive it and serve others.
final class Rabbitmq implements Recipe {
    @Override
    public Software software() {
        return new Software.Debian("rabbitmq");
    }

    @Override
    public List<String> ports() {
        return List.of("clients", "distribution", "epmd");
    }

    @Override
    public void create(Setup setup) {
        setup.makeFolder("home");
        String cookie = setup.write("home/.erlang.cookie", UUID.randomUUID().toString());
        try {
            // Erlang takes no cookie that others may read.
            Files.setPosixFilePermissions(
                    setup.path("home/.erlang.cookie"), PosixFilePermissions.fromString("r--------"));
        } catch (IOException e) {
            throw new EngineFailure("rabbitmq: cannot close " + cookie, e);
        }
    }

    @Override
    public List<Part> parts(Setup setup) {
        Map<String, String> environment = environment(setup);
        return List.of(
                new Part(
                        "epmd",
                        List.of("epmd", "-port", environment.get("ERL_EPMD_PORT"), "-address", Setup.HOST),
                        environment,
                        new Part.Ready.Port(setup.port("epmd"))),
                new Part(
                        "rabbitmq",
                        List.of("/usr/lib/rabbitmq/bin/rabbitmq-server"),
                        environment,
                        new Part.Ready.Line("Server startup complete")));
    }

    private static Map<String, String> environment(Setup setup) {
        setup.makeFolder("expand");
        Map<String, String> environment = new HashMap<>(Map.of(
                "HOME",
                setup.file("home"),
                "ERL_EPMD_PORT",
                Integer.toString(setup.port("epmd")),
                "ERL_EPMD_ADDRESS",
                Setup.HOST,
                // The script then becomes the broker instead of starting it.
                "RUNNING_UNDER_SYSTEMD",
                "true",
                "RABBITMQ_NODENAME",
                "magpie@localhost",
                "RABBITMQ_NODE_PORT",
                Integer.toString(setup.port()),
                "RABBITMQ_NODE_IP_ADDRESS",
                Setup.HOST,
                "RABBITMQ_DIST_PORT",
                Integer.toString(setup.port("distribution"))));
        environment.putAll(Map.of(
                "RABBITMQ_MNESIA_BASE", setup.file("mnesia"),
                "RABBITMQ_LOG_BASE", setup.file("logs"),
                "RABBITMQ_LOGS", "-",
                "RABBITMQ_CONFIG_FILE", setup.write("rabbitmq.conf", "disk_free_limit.absolute = 50MB\n"),
                "RABBITMQ_ENABLED_PLUGINS_FILE", setup.write("enabled_plugins", "[].\n"),
                "RABBITMQ_PLUGINS_EXPAND_DIR", setup.file("expand"),
                "RABBITMQ_PID_FILE", setup.file("rabbitmq-own.pid"),
                "RABBITMQ_CONF_ENV_FILE", "/dev/null",
                "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
                        "-start_epmd false -kernel inet_dist_use_interface {127,0,0,1} +S 2:2 +sbwt none"));
        return environment;
    }

    @Override
    public String url(Setup setup) {
        return "amqp://guest:guest@" + setup.address();
    }

    @Override
    public String user() {
        return "guest";
    }

    @Override
    public String password() {
        return "guest";
    }
}

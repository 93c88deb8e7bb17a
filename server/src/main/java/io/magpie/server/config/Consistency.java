package io.magpie.server.config;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What no single setting can say for itself.
final class Consistency {
    private static final int HS256_BYTES = 32;

    /// MariaDB's driver speaks to both.
    private static final String MYSQL = "jdbc:(mariadb|mysql):.*";

    private Consistency() {}

    static void check(Settings settings) {
        ports(settings);
        store(settings);
        history(settings);
        cluster(settings);
        tls(settings.tls());
        jwt(settings.auth().jwt());
        apiKeys(settings.auth().apiKeys());
        webhook(settings.push().webhook());
        s3(settings);
        transcription(settings);
        origins(settings.realtime().origins());
        addresses("http.trustedProxies", settings.http().trustedProxies());
        addresses("limits.exemptAddresses", settings.limits().exemptAddresses());
        if (settings.limits().sendBurst() < settings.limits().sendsPerSecond()) {
            throw new SettingException("limits.sendBurst: %d (expected: at least limits.sendsPerSecond, which is %d)"
                    .formatted(settings.limits().sendBurst(), settings.limits().sendsPerSecond()));
        }
    }

    private static void ports(Settings settings) {
        different(
                "realtime.port",
                settings.realtime().port(),
                "http.port",
                settings.http().port());
        different(
                "tcp.port", settings.tcp().port(), "http.port", settings.http().port());
        different(
                "tcp.port",
                settings.tcp().port(),
                "realtime.port",
                settings.realtime().port());
    }

    private static void cluster(Settings settings) {
        boolean bus = settings.bus() != Settings.BusKind.LOCAL;
        boolean directory = settings.directory() != Settings.DirectoryKind.LOCAL;
        boolean registry = settings.registry() != Settings.RegistryKind.LOCAL;
        if (bus != directory || bus != registry) {
            String local = !bus ? "bus" : !directory ? "directory" : "registry";
            String shared = bus ? "bus" : directory ? "directory" : "registry";
            throw new SettingException("%s: local is for one node, but %s is for many (expected: all of them, or none)"
                    .formatted(local, shared));
        }
        if (bus && settings.store() == Settings.StoreKind.SQLITE) {
            throw new SettingException(
                    "store: sqlite is a file of one node, but bus is %s (expected: mysql or postgresql)"
                            .formatted(settings.bus().name().toLowerCase(Locale.ROOT)));
        }
        if (bus && settings.auth().demo() && !settings.auth().demoInCluster()) {
            throw new SettingException("auth.demo: true lets anybody be anybody, on every node of a cluster"
                    + " (expected: false, or auth.demoInCluster: true as well)");
        }
        boolean redis = settings.bus() == Settings.BusKind.REDIS
                || settings.directory() == Settings.DirectoryKind.REDIS
                || settings.registry() == Settings.RegistryKind.REDIS;
        if (redis && settings.redis().url() == null) {
            throw new SettingException(
                    "redis.url is missing (expected: the URL of the Redis of bus, directory or registry)");
        }
        switch (settings.bus()) {
            case LOCAL, REDIS -> {}
            case KAFKA -> needed("kafka.servers", settings.kafka().servers(), "bus");
            case RABBITMQ -> needed("rabbitmq.url", settings.rabbitmq().url(), "bus");
            case ROCKETMQ -> needed("rocketmq.nameServer", settings.rocketmq().nameServer(), "bus");
        }
        switch (settings.registry()) {
            case LOCAL, REDIS -> {}
            case ZOOKEEPER -> needed("zookeeper.connect", settings.zookeeper().connect(), "registry");
            case NACOS -> needed("nacos.server", settings.nacos().server(), "registry");
        }
    }

    private static void needed(String key, @Nullable Object value, String port) {
        if (value == null) {
            throw new SettingException(
                    "%s is missing (expected: where the engine is that %s names)".formatted(key, port));
        }
    }

    private static void store(Settings settings) {
        switch (settings.store()) {
            case SQLITE -> {}
            case MYSQL -> database("mysql", settings.mysql(), MYSQL);
            case POSTGRESQL -> database("postgresql", settings.postgresql(), "jdbc:postgresql:.*");
        }
    }

    private static void history(Settings settings) {
        var url = settings.mongo().url();
        switch (settings.history().in()) {
            case STORE -> {}
            case MONGODB -> needed("mongo.url", url, "history.in");
            case SHARDED -> shards(settings.sharding().urls());
        }
        if (url != null && url.contains("@")) {
            throw new SettingException("mongo.url holds a user or password (expected: mongo.user and mongo.password)");
        }
    }

    private static void shards(List<String> urls) {
        if (urls.size() < 2) {
            throw new SettingException(
                    "sharding.urls: %d of them (expected: two or more databases, as history.in is sharded)"
                            .formatted(urls.size()));
        }
        Set<String> seen = new HashSet<>();
        for (String url : urls) {
            jdbc("sharding.urls", url, MYSQL, "sharding");
            if (!seen.add(url)) {
                throw new SettingException(
                        "sharding.urls: %s is there twice (expected: different databases)".formatted(url));
            }
        }
    }

    private static void database(String key, Database database, String form) {
        if (database.url() == null) {
            throw new SettingException(
                    "%s.url is missing (expected: the URL of the database, as store is %s)".formatted(key, key));
        }
        jdbc(key + ".url", database.url(), form, key);
    }

    private static void jdbc(String key, String url, String form, String group) {
        if (!url.matches(form)) {
            throw new SettingException(
                    "%s: %s (expected: a URL that begins with %s)".formatted(key, url, prefix(form)));
        }
        if (url.matches("(?i).*[?&;](user|password)=.*|.*//[^/]*@.*")) {
            throw new SettingException(
                    "%s holds a user or password (expected: %s.user and %s.password)".formatted(key, group, group));
        }
    }

    private static String prefix(String form) {
        return form.contains("mariadb") ? "jdbc:mariadb:" : "jdbc:postgresql:";
    }

    private static void different(String key, int port, String otherKey, int otherPort) {
        if (port != 0 && port == otherPort) {
            throw new SettingException(
                    "%s: %d is %s as well (expected: two different ports)".formatted(key, port, otherKey));
        }
    }

    private static void tls(Settings.Tls tls) {
        if ((tls.certificate() == null) != (tls.privateKey() == null)) {
            boolean lonely = tls.certificate() != null;
            throw new SettingException("%s is set alone (expected: %s as well)"
                    .formatted(
                            lonely ? "tls.certificate" : "tls.privateKey",
                            lonely ? "tls.privateKey" : "tls.certificate"));
        }
    }

    private static void jwt(Settings.Jwt jwt) {
        Secret secret = jwt.secret();
        if (secret != null && secret.value().getBytes(StandardCharsets.UTF_8).length < HS256_BYTES) {
            throw new SettingException(
                    "auth.jwt.secret: (hidden) is too short to be safe (expected: at least 32 bytes)");
        }
        if (!jwt.enabled() && (jwt.issuer() != null || jwt.audience() != null)) {
            String key = jwt.issuer() != null ? "issuer" : "audience";
            throw new SettingException(
                    "auth.jwt.%s is set but no JWT is accepted (expected: auth.jwt.secret or auth.jwt.jwks as well)"
                            .formatted(key));
        }
    }

    private static void webhook(Settings.Webhook webhook) {
        if (webhook.url() == null && webhook.secret() != null) {
            throw new SettingException(
                    "push.webhook.secret is set but nothing is sent (expected: push.webhook.url as well)");
        }
        if (webhook.url() != null) {
            try {
                if (new URI(webhook.url()).getHost() != null) {
                    return;
                }
            } catch (URISyntaxException _) {
                // Said below, as for one without a host.
            }
            throw new SettingException("push.webhook.url: %s (expected: a URL as in https://push.example.com/magpie)"
                    .formatted(webhook.url()));
        }
    }

    private static void s3(Settings settings) {
        var s3 = settings.s3();
        if (settings.files() == Settings.FilesKind.S3 && s3.bucket() == null) {
            throw new SettingException("s3.bucket: missing (expected: a bucket, as files is s3)");
        }
        if ((s3.accessKey() == null) != (s3.secretKey() == null)) {
            boolean lonely = s3.accessKey() != null;
            throw new SettingException("%s is set alone (expected: %s as well)"
                    .formatted(lonely ? "s3.accessKey" : "s3.secretKey", lonely ? "s3.secretKey" : "s3.accessKey"));
        }
    }

    private static void transcription(Settings settings) {
        var openai = settings.openai();
        switch (settings.transcription()) {
            case NONE -> {}
            case OPENAI -> {
                url("openai.url", openai.url());
                if (openai.key() == null && openai.url().contains("//api.openai.com")) {
                    throw new SettingException(
                            "openai.key is missing (expected: the key for %s)".formatted(openai.url()));
                }
            }
            case BAIDU -> {
                url("baidu.url", settings.baidu().url());
                url("baidu.tokenUrl", settings.baidu().tokenUrl());
                if (settings.baidu().apiKey() == null || settings.baidu().secretKey() == null) {
                    String key = settings.baidu().apiKey() == null ? "apiKey" : "secretKey";
                    throw new SettingException(
                            "baidu.%s is missing (expected: both keys of an application of Baidu's)".formatted(key));
                }
            }
        }
    }

    private static void url(String key, String url) {
        try {
            if (new URI(url).getHost() != null) {
                return;
            }
        } catch (URISyntaxException _) {
            // Said below, as for one without a host.
        }
        throw new SettingException("%s: %s (expected: a URL with a host)".formatted(key, url));
    }

    private static void apiKeys(List<Settings.ApiKey> apiKeys) {
        Set<String> names = new HashSet<>();
        for (Settings.ApiKey apiKey : apiKeys) {
            if (!names.add(apiKey.name())) {
                throw new SettingException("auth.apiKeys: the name %s is there twice (expected: different names)"
                        .formatted(apiKey.name()));
            }
        }
    }

    private static void origins(List<String> origins) {
        for (String origin : origins) {
            if (!origin.toLowerCase(Locale.ROOT).matches("https?://[^/]+")) {
                throw new SettingException(
                        "realtime.origins: %s (expected: origins as in https://chat.example.com)".formatted(origin));
            }
        }
    }

    private static void addresses(String key, List<String> addresses) {
        for (String address : addresses) {
            if (!address.equals("loopback") && !literal(address)) {
                throw new SettingException(
                        "%s: %s (expected: addresses in numbers, or loopback)".formatted(key, address));
            }
        }
    }

    /// Names are never looked up.
    private static boolean literal(String address) {
        try {
            return InetAddress.ofLiteral(address).getAddress().length > 0;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}

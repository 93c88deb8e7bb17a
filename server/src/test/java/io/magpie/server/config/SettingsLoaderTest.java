package io.magpie.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsLoaderTest {
    @TempDir
    Path directory = Path.of("");

    @Test
    void everythingHasADefault() {
        Settings settings = load(Map.of());
        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.data()).isEqualTo(Path.of("./data"));
        assertThat(settings.http().port()).isEqualTo(8080);
        assertThat(settings.auth().apiKeys()).isEmpty();
        assertThat(settings.auth().jwt().enabled()).isFalse();
        assertThat(settings.auth().devices()).isEqualTo(Settings.Devices.ALL);
        assertThat(settings.limits().exemptAddresses()).containsExactly("loopback");
    }

    @ParameterizedTest
    @CsvSource({
        "kafka,    redis,     kafka.servers",
        "rabbitmq, redis,     rabbitmq.url",
        "rocketmq, redis,     rocketmq.nameServer",
        "redis,    zookeeper, zookeeper.connect",
        "redis,    nacos,     nacos.server"
    })
    void anEngineThatIsChosenHasToBeSomewhere(String bus, String registry, String missing) {
        assertThatThrownBy(() -> load(
                        Map.of(
                                "MAGPIE_REDIS_URL",
                                "redis://localhost",
                                "MAGPIE_MYSQL_URL",
                                "jdbc:mariadb://localhost/x"),
                        "--set",
                        "store=mysql",
                        "--set",
                        "bus=" + bus,
                        "--set",
                        "directory=redis",
                        "--set",
                        "registry=" + registry))
                .hasMessageStartingWith(missing + " is missing (expected: ");
    }

    @Test
    void theLaterPlaceCounts() throws IOException {
        Files.writeString(directory.resolve("magpie.yaml"), """
                http:
                  port: 1
                groups.maxMembers: 11
                messages: {recallWindowMs: 21}
                realtime:
                """);
        Map<String, String> environment = Map.of("MAGPIE_HTTP_PORT", "2", "MAGPIE_GROUPS_MAXMEMBERS", "12");
        assertThat(load(Map.of()).http().port()).isEqualTo(1);
        assertThat(load(environment).http().port()).isEqualTo(2);
        assertThat(load(environment, "--set", "http.port=3").http().port()).isEqualTo(3);
        assertThat(load(environment, "--http-port=4", "--set", "http.port=3")
                        .http()
                        .port())
                .isEqualTo(4);
        assertThat(load(environment).groups().maxMembers()).isEqualTo(12);
        assertThat(load(environment).messages().recallWindowMs()).isEqualTo(21);
    }

    @Test
    void listsComeAsYamlAsJsonOrWithCommas() {
        String json = "[{\"name\":\"shop\",\"key\":\"0123456789abcdef\"}]";
        assertThat(load(Map.of("MAGPIE_AUTH_APIKEYS", json)).auth().apiKeys())
                .isEqualTo(List.of(new Settings.ApiKey("shop", new Secret("0123456789abcdef"))));
        assertThat(load(Map.of(), "--set", "http.trustedProxies=10.0.0.1, 10.0.0.2")
                        .http()
                        .trustedProxies())
                .containsExactly("10.0.0.1", "10.0.0.2");
        assertThat(load(Map.of(), "--set", "limits.exemptAddresses=[]").limits().exemptAddresses())
                .isEmpty();
    }

    @Test
    void aSecretComesFromAFileAndIsNeverPrinted() throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), "0123456789abcdef0123456789abcdef\n");
        Settings settings = load(Map.of("MAGPIE_AUTH_JWT_SECRET", "file:" + file));
        assertThat(settings.auth().jwt().secret()).isEqualTo(new Secret("0123456789abcdef0123456789abcdef"));
        assertThat(settings.toString()).doesNotContain("0123456789abcdef");
    }

    @Test
    void aNumberInQuotesStaysTextWhereTextIsMeant() throws IOException {
        Files.writeString(directory.resolve("magpie.yaml"), "node.id: 007\n");
        assertThat(load(Map.of()).node().id()).isEqualTo("007");
    }

    @Test
    void whatKubernetesSetsIsIgnored() {
        assertThat(load(Map.of("MAGPIE_PORT", "tcp://10.0.0.1:80", "MAGPIE_SERVICE_HOST", "10.0.0.1")))
                .isEqualTo(load(Map.of()));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            --set http.port=eighty           | http.port: eighty from --set (expected: 0..65535)
            --http-port 65536                | http.port: 65536 from --http-port (expected: 0..65535)
            --http-port                      | --http-port has no value (expected: --http-port VALUE)
            --htpp-port 1                    | --htpp-port is no option of this command (did you mean --http-port?)
            --set htpp.port=1                | htpp.port: 1 from --set is unknown (did you mean http.port?)
            --set recallWindowMs=1           | recallWindowMs: 1 from --set is unknown (did you mean messages.recallWindowMs?)
            --set zebra=1                    | zebra: 1 from --set is unknown (expected: a key of docs/configuration.md)
            --set zebra                      | --set: zebra (expected: key=value)
            --set auth.jwt.secrett=hunter2   | auth.jwt.secrett: (hidden) from --set is unknown (did you mean auth.jwt.secret?)
            --set auth.jwt.secret=short      | auth.jwt.secret: (hidden) is too short to be safe (expected: at least 32 bytes)
            --set auth.jwt.secret=file:/no   | auth.jwt.secret: file:/no from --set is no file that can be read
            --set auth.jwt.issuer=me         | auth.jwt.issuer is set but no JWT is accepted (expected: auth.jwt.secret or auth.jwt.jwks as well)
            --set auth.devices=two           | auth.devices: two from --set (expected: all, one-per-platform, one)
            --set auth.apiKeys=[shop]        | auth.apiKeys: (hidden) from --set (expected: a list of {name, key})
            --set history.in=mongodb         | mongo.url is missing (expected: where the engine is that history.in names)
            --set mongo.url=mongodb://a:b@db | mongo.url holds a user or password (expected: mongo.user and mongo.password)
            --set history.in=sharded         | sharding.urls: 0 of them (expected: two or more databases, as history.in is sharded)
            --set history.in=sharded --set sharding.urls=[jdbc:mariadb://db/a,jdbc:mariadb://db/a] | sharding.urls: jdbc:mariadb://db/a is there twice (expected: different databases)
            --set history.in=sharded --set sharding.urls=[jdbc:mariadb://db/a,jdbc:postgresql://db/b] | sharding.urls: jdbc:postgresql://db/b (expected: a URL that begins with jdbc:mariadb:)
            --set history.in=sharded --set sharding.urls=[jdbc:mariadb://u:p@db/a,jdbc:mariadb://db/b] | sharding.urls holds a user or password (expected: sharding.user and sharding.password)
            --set store=oracle               | store: oracle from --set (expected: sqlite, mysql, postgresql)
            --set bus=pigeons                | bus: pigeons from --set (expected: local, redis, kafka, rabbitmq, rocketmq)
            --set bus=redis                  | directory: local is for one node, but bus is for many (expected: all of them, or none)
            --set registry=redis             | bus: local is for one node, but registry is for many (expected: all of them, or none)
            --set bus=redis --set directory=hash --set registry=redis | store: sqlite is a file of one node, but bus is redis (expected: mysql or postgresql)
            --set bus=redis --set directory=hash --set registry=redis --set store=mysql --set mysql.url=jdbc:mariadb://db/m | redis.url is missing (expected: the URL of the Redis of bus, directory or registry)
            --set bus=redis --set directory=hash --set registry=redis --set store=mysql --set mysql.url=jdbc:mariadb://db/m --set auth.demo=true | auth.demo: true lets anybody be anybody, on every node of a cluster (expected: false, or auth.demoInCluster: true as well)
            --set node.websocketUrl=n1       | node.websocketUrl: n1 from --set (expected: a URL as in wss://n1.chat.example.com/ws)
            --set host=                      | host: nothing from --set (expected: an address or a host name of this machine)
            --set http=8080                  | http: 8080 from --set is no setting but a group of them (expected: http.port, http.trustedProxies)
            --set realtime.port=8080         | realtime.port: 8080 is http.port as well (expected: two different ports)
            --set realtime.origins=chat      | realtime.origins: chat (expected: origins as in https://chat.example.com)
            --set http.trustedProxies=proxy  | http.trustedProxies: proxy (expected: addresses in numbers, or loopback)
            --set limits.sendBurst=1         | limits.sendBurst: 1 (expected: at least limits.sendsPerSecond, which is 1000)
            --set groups.maxMembers=1        | groups.maxMembers: 1 from --set (expected: 2..100000)
            --set messages.editWindowMs=-1   | messages.editWindowMs: -1 from --set (expected: a whole number from 0)
            --set retention.days=-1          | retention.days: -1 from --set (expected: 0..36500)
            --set push.includeContent=maybe  | push.includeContent: maybe from --set (expected: true, false)
            --set push.webhook.url=ftp://a   | push.webhook.url: ftp://a from --set (expected: a URL as in https://push.example.com/magpie)
            --set push.webhook.url=http://a{ | push.webhook.url: http://a{ (expected: a URL as in https://push.example.com/magpie)
            --set push.webhook.secret=short  | push.webhook.secret: (hidden) from --set (expected: at least 16 characters)
            --set push.webhook.secret=0123456789abcdef | push.webhook.secret is set but nothing is sent (expected: push.webhook.url as well)
            --set transcription=whisper      | transcription: whisper from --set (expected: none, openai, baidu)
            --set transcription=openai       | openai.key is missing (expected: the key for https://api.openai.com)
            --set transcription=baidu        | baidu.apiKey is missing (expected: both keys of an application of Baidu's)
            --set openai.url=api.openai.com  | openai.url: api.openai.com from --set (expected: a URL as in https://api.openai.com)
            --config missing.yaml            | --config: missing.yaml cannot be read (expected: a file like magpie.yaml)
            serve                            | serve is no option of this command (expected: --config, --data, --debug, --help, --host, --http-port, --realtime-port, --set, --tcp-port)
            """)
    void aWrongArgumentIsOneSentence(String arguments, String sentence) {
        assertThatThrownBy(() -> load(Map.of(), arguments.split(" ", -1)))
                .isInstanceOf(SettingException.class)
                .hasMessage(sentence);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            http.port: x                        | http.port: x from magpie.yaml line 2 (expected: 0..65535)
            http: {prot: 1}                     | http.prot: 1 from magpie.yaml line 2 is unknown (did you mean http.port?)
            http.port: [1]                      | http.port: more than one value from magpie.yaml line 2 (expected: 0..65535)
            host                                | magpie.yaml line 2 is no setting (expected: key: value)
            'host: [a'                          | magpie.yaml is not YAML at line 3: expected ',' or ']', but got <stream end>
            '{host: a, host: b}'                | host: written twice, again in magpie.yaml line 2
            auth.apiKeys: [{name: shop}]        | auth.apiKeys.key is missing (expected: at least 16 characters)
            auth.apiKeys: [{name: s, kye: k}]   | auth.apiKeys: field kye from magpie.yaml line 2 is unknown (expected: name, key)
            auth.apiKeys: [{name: s, key: abc}] | auth.apiKeys.key: (hidden) from magpie.yaml line 2 (expected: at least 16 characters)
            'host: &a [*a]'                     | magpie.yaml line 2 is nested too deep (expected: at most 8 levels)
            """)
    void aWrongFileIsOneSentence(String yaml, String sentence) throws IOException {
        Files.writeString(directory.resolve("magpie.yaml"), "# first line\n" + yaml + "\n");
        assertThatThrownBy(() -> load(Map.of()))
                .isInstanceOf(SettingException.class)
                .hasMessage(sentence);
    }

    @Test
    void aWrongVariableIsOneSentence() {
        assertThatThrownBy(() -> load(Map.of("MAGPIE_HTTP_PORTS", "1")))
                .hasMessage("MAGPIE_HTTP_PORTS: 1 in the environment is unknown (did you mean MAGPIE_HTTP_PORT?)");
        assertThatThrownBy(() -> load(Map.of("MAGPIE_HTTP_PORT", "x")))
                .hasMessage("http.port: x from MAGPIE_HTTP_PORT (expected: 0..65535)");
        assertThatThrownBy(() -> load(Map.of("MAGPIE_AUTH_SECRET", "hunter2")))
                .hasMessageContaining("(hidden)")
                .hasMessageNotContaining("hunter2");
    }

    private Settings load(Map<String, String> environment, String... arguments) {
        return new SettingsLoader(environment, directory).load(CommandLine.parse(arguments));
    }
}

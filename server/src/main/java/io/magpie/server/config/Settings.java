package io.magpie.server.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything an operator may set, checked. A component with [Setting] is a value, one without is a group of
/// them; the key is the path, as in `auth.jwt.secret`.
public record Settings(
        @Setting(
                value = "The address that all ports listen on. Without a certificate Magpie speaks plain text, so by "
                        + "default only this machine is served; `0.0.0.0` serves every network and wants `tls.certificate`, "
                        + "or something before it that adds TLS.",
                initial = "127.0.0.1",
                flag = "--host",
                pattern = "[0-9A-Za-z.:_-]{1,255}",
                expected = "an address or a host name of this machine")
        String host,

        @Setting(
                value = "The folder that holds everything the server keeps. Made if it is missing.",
                initial = "./data",
                flag = "--data")
        Path data,

        Node node,

        @Setting(
                value =
                        "Where messages and accounts are kept: `sqlite` is a file in `data`, for one node; `mysql` (also "
                                + "MariaDB) and `postgresql` are databases that many nodes share.",
                initial = "sqlite")
        StoreKind store,

        Database mysql,
        Database postgresql,

        History history,
        Mongo mongo,
        Sharding sharding,

        @Setting(
                value = "What carries records between nodes: `local` is for one node, the others for many. `bus`, "
                        + "`directory` and `registry` are all local or none is. See docs/operations.md.",
                initial = "local")
        BusKind bus,

        @Setting(
                value =
                        "Who knows on which node a user is: `local` is for one node, `redis` for many; with `hash` each user "
                                + "belongs to one node, and sessions elsewhere are sent there.",
                initial = "local")
        DirectoryKind directory,

        @Setting(value = "Who knows which nodes live: `local` is for one node, the others for many.", initial = "local")
        RegistryKind registry,

        Redis redis,
        Kafka kafka,
        Rabbitmq rabbitmq,
        Rocketmq rocketmq,
        Zookeeper zookeeper,
        Nacos nacos,

        @Setting(
                value = "Where the bytes of uploaded files are kept: `folder` is `files` in `data`; `s3` is a bucket, "
                        + "which nodes with data folders of their own share.",
                initial = "folder")
        FilesKind files,

        S3 s3,
        Uploads uploads,

        @Setting(
                value = "Who writes down what is said in voice messages: `none`, `openai` for OpenAI and servers that "
                        + "speak like it, or `baidu`. The recordings are sent there.",
                initial = "none")
        TranscriptionKind transcription,

        OpenAi openai,
        Baidu baidu,
        Http http,
        Realtime realtime,
        Tcp tcp,
        Tls tls,
        Auth auth,
        Messages messages,
        Search search,
        Retention retention,
        Push push,
        Groups groups,
        Limits limits,
        Log log) {

    public enum StoreKind {
        SQLITE,
        MYSQL,
        POSTGRESQL
    }

    public enum TranscriptionKind {
        NONE,
        OPENAI,
        BAIDU
    }

    public enum BusKind {
        LOCAL,
        REDIS,
        KAFKA,
        RABBITMQ,
        ROCKETMQ
    }

    public enum DirectoryKind {
        LOCAL,
        REDIS,
        HASH
    }

    public enum RegistryKind {
        LOCAL,
        REDIS,
        ZOOKEEPER,
        NACOS
    }

    /// Whether there may be other nodes.
    public boolean clustered() {
        return bus != BusKind.LOCAL;
    }

    public enum FilesKind {
        FOLDER,
        S3
    }

    public record Node(
            @Setting(
                    value = "The stable name of this node, as `welcome` tells it to clients; each node of a cluster "
                            + "needs its own.",
                    initial = "node-1",
                    pattern = "[0-9A-Za-z._-]{1,64}",
                    expected = "1 to 64 letters, digits, dots, dashes or underscores")
            String id,

            @Setting(
                    value = "How long a stop waits for clients to leave before it closes their connections.",
                    initial = "10000",
                    max = 600_000)
            long drainMs,

            @Setting(
                    value =
                            "Where clients reach this node's WebSocket, as in `wss://n1.chat.example.com/ws`, if that is not "
                                    + "`host` and `realtime.port`; `GET /api/v1/gateway` and `bye` name it.",
                    pattern = "wss?://[^/\\s]+(/\\S*)?",
                    expected = "a URL as in wss://n1.chat.example.com/ws")
            @Nullable
            String websocketUrl,

            @Setting(
                    value = "As `node.websocketUrl`, for protobuf over TCP.",
                    pattern = "(tcp|tls)://[^/\\s]+",
                    expected = "an address as in tls://n1.chat.example.com:8082")
            @Nullable
            String tcpUrl,

            @Setting(
                    value = "As `node.websocketUrl`, for Socket.IO.",
                    pattern = "https?://[^/\\s]+",
                    expected = "a URL as in https://n1.chat.example.com")
            @Nullable
            String socketioUrl) {}

    public record Http(
            @Setting(
                    value = "The port of the HTTP API, `/health`, `/metrics` and `/docs`; 0 takes a free one.",
                    initial = "8080",
                    max = 65_535,
                    flag = "--http-port")
            int port,

            @Setting(
                    value =
                            "Addresses of reverse proxies whose `X-Forwarded-For` is believed when limits count by address, "
                                    + "on the HTTP and the realtime port; `loopback` is this machine.",
                    initial = "[]")
            List<String> trustedProxies) {}

    public record Realtime(
            @Setting(
                    value =
                            "The port of the WebSocket endpoint `/ws` and of Socket.IO at `/socket.io/`; 0 takes a free one.",
                    initial = "8081",
                    max = 65_535,
                    flag = "--realtime-port")
            int port,

            @Setting(
                    value = "How often a client is asked to send something; one silent for twice as long is closed.",
                    initial = "30000",
                    min = 1_000,
                    max = 3_600_000)
            long heartbeatMs,

            @Setting(
                    value = "Web pages that may connect, as in `https://chat.example.com`; empty lets all pages "
                            + "connect, and clients that are no web page always may.",
                    initial = "[]")
            List<String> origins) {}

    public record Tcp(
            @Setting(
                    value = "The port of protobuf over TCP; 0 takes a free one.",
                    initial = "8082",
                    max = 65_535,
                    flag = "--tcp-port")
            int port) {}

    public record Tls(
            @Setting(
                    value =
                            "A PEM file with the server's certificate, followed by those that signed it: all ports speak "
                                    + "TLS then. A changed file counts for new connections, without a restart; while it is no "
                                    + "good, the certificate in use stays.",
                    expected = "a PEM file with certificates")
            @Nullable
            Path certificate,

            @Setting(
                    value = "A PEM file with the certificate's private key, not encrypted.",
                    expected = "a PEM file with a private key")
            @Nullable
            Path privateKey) {}

    public record Auth(
            Jwt jwt,

            @Setting(
                    value = "Back ends that may use the HTTP API: a list of `{name, key}`, the key with at least 16 "
                            + "characters or `file:PATH`.",
                    initial = "[]",
                    expected = "a list of {name, key}")
            List<ApiKey> apiKeys,

            @Setting(
                    value =
                            "How many devices of a user stay logged in: `all`, `one-per-platform` or `one`; a new login "
                                    + "ends the others.",
                    initial = "all")
            Devices devices,

            @Setting(
                    value = "Whether people may register by themselves: `open`, or `closed` where only back ends and "
                            + "the identity provider bring users.",
                    initial = "open")
            Registration registration,

            @Setting(
                    value =
                            "Demo authentication: a page that connects by Socket.IO with `?userId=N` is user N, without "
                                    + "any proof; an id nobody has becomes an account. Only for a server no stranger can reach.",
                    initial = "false")
            boolean demo,

            @Setting(
                    value = "Allows `auth.demo` on the nodes of a cluster, where it is refused otherwise.",
                    initial = "false")
            boolean demoInCluster) {}

    public record Jwt(
            @Setting(
                    value = "Accept JWTs signed by this secret (HS256), at least 32 bytes; `file:PATH` reads it from a "
                            + "file.")
            @Nullable
            Secret secret,

            @Setting(
                    value = "Accept JWTs signed by the keys of this JWKS (RS256, ES256): a file or a URL. Keys are "
                            + "asked for again every five minutes and when an unknown key id turns up; those known "
                            + "are used for four hours when they cannot be had.",
                    expected = "a file or a URL")
            @Nullable
            String jwks,

            @Setting("If set, a JWT's `iss` must be this.") @Nullable
            String issuer,

            @Setting("If set, a JWT's `aud` must hold this.") @Nullable
            String audience,

            @Setting(value = "How far the identity provider's clock may be off.", initial = "60000", max = 600_000)
            long clockSkewMs) {
        /// Whether JWTs are accepted at all.
        public boolean enabled() {
            return secret != null || jwks != null;
        }
    }

    public record ApiKey(
            @Setting(
                    value = "The name in logs.",
                    pattern = "[0-9A-Za-z._-]{1,64}",
                    expected = "1 to 64 letters, digits, dots, dashes or underscores")
            String name,

            @Setting(value = "What the back end sends as its token.", min = 16, expected = "at least 16 characters")
            Secret key) {}

    public enum Devices {
        ALL,
        ONE_PER_PLATFORM,
        ONE
    }

    public enum Registration {
        OPEN,
        CLOSED
    }

    public record Messages(
            @Setting(value = "Who may write to a user: `anyone` or only `friends`.", initial = "anyone")
            From from,

            @Setting(
                    value = "How long authors may recall a message; 0 is without limit. Admins of a group always may.",
                    initial = "120000")
            long recallWindowMs,

            @Setting(value = "How long authors may edit a message; 0 is without limit.", initial = "0")
            long editWindowMs,

            @Setting(
                    value = "Words that no message may contain, whatever the case; a send with one is answered "
                            + "`rejected`.",
                    initial = "[]")
            List<String> blockedWords) {}

    public record Search(
            @Setting(
                    value =
                            "Whether messages can be searched. The index is the file `search.db` in `data`, made and kept "
                                    + "up in the background; `false` stops that and answers searches with `unsupported`.",
                    initial = "true")
            boolean enabled) {}

    public record Retention(
            @Setting(
                    value =
                            "How many days an entry is kept; 0 keeps everything. What is older is deleted for everybody "
                                    + "within about an hour, a little at a time.",
                    initial = "0",
                    max = 36_500)
            int days) {}

    /// Nobody is notified unless there is a [Webhook#url].
    public record Push(
            @Setting(
                    value = "How long the devices of a user may take to acknowledge an entry before the user is "
                            + "notified; whoever has no device connected waits as long.",
                    initial = "5000",
                    max = 3_600_000)
            long afterMs,

            @Setting(
                    value = "Whether notifications carry what was written; else they say only who wrote where.",
                    initial = "false")
            boolean includeContent,

            Webhook webhook) {}

    public record Webhook(
            @Setting(
                    value = "Where notifications for members whose devices are away are POSTed as JSON, see "
                            + "docs/push.md.",
                    pattern = "https?://[^/\\s]+(/\\S*)?",
                    expected = "a URL as in https://push.example.com/magpie")
            @Nullable
            String url,

            @Setting(
                    value = "What requests are signed with, at least 16 characters; `file:PATH` reads it from a file.",
                    min = 16,
                    expected = "at least 16 characters")
            @Nullable
            Secret secret,

            @Setting(value = "How long one request may take.", initial = "10000", min = 100, max = 600_000)
            long timeoutMs,

            @Setting(
                    value = "What may wait for the URL to answer; the oldest gives way to the newest.",
                    initial = "16777216",
                    min = 65_536,
                    max = 1_073_741_824)
            int queueBytes) {}

    public enum From {
        ANYONE,
        FRIENDS
    }

    public record Groups(
            @Setting(value = "The most members a group may have.", initial = "10000", min = 2, max = 100_000)
            int maxMembers) {}

    public record Limits(
            @Setting(
                    value = "Sends a user may make per second, over all devices.",
                    initial = "1000",
                    min = 1,
                    max = 1_000_000)
            int sendsPerSecond,

            @Setting(value = "Sends a user may make at once after a pause.", initial = "2000", min = 1, max = 1_000_000)
            int sendBurst,

            @Setting(value = "Logins tried per address and minute.", initial = "60", min = 1, max = 1_000_000)
            int loginsPerMinute,

            @Setting(
                    value = "Wrong passwords per user name and minute, from whatever address.",
                    initial = "10",
                    min = 1,
                    max = 1_000_000)
            int wrongPasswordsPerMinute,

            @Setting(value = "Registrations per address and minute.", initial = "30", min = 1, max = 1_000_000)
            int registrationsPerMinute,

            @Setting(value = "Friend requests a user may make per minute.", initial = "60", min = 1, max = 1_000_000)
            int friendRequestsPerMinute,

            @Setting(
                    value = "Searches of messages a user may make per minute.",
                    initial = "120",
                    min = 1,
                    max = 1_000_000)
            int searchesPerMinute,

            @Setting(
                    value = "Addresses that no limit per address applies to; `loopback` is this machine.",
                    initial = "[loopback]")
            List<String> exemptAddresses,

            @Setting(
                    value = "The largest frame a client may send; a larger one closes its connection.",
                    initial = "65536",
                    min = 1_024,
                    max = 16_777_216)
            int frameBytes,

            @Setting(
                    value = "The largest body of an HTTP request; a larger one is answered `too-large`.",
                    initial = "65536",
                    min = 1_024,
                    max = 16_777_216)
            int bodyBytes,

            @Setting(value = "Realtime connections of this node.", initial = "100000", min = 1, max = 10_000_000)
            int connections,

            @Setting(
                    value = "Realtime connections per address; behind one of `http.trustedProxies` per address of its "
                            + "clients, while any other proxy counts as one. This machine has no limit.",
                    initial = "10000",
                    min = 1,
                    max = 10_000_000)
            int connectionsPerAddress) {}

    public record Log(
            @Setting(value = "What is logged: `error`, `warn`, `info`, `debug` or `trace`.", initial = "info")
            Level level,

            @Setting(value = "How a log line looks: `text`, or `json` with one object per line.", initial = "text")
            Format format) {}

    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }

    public enum Format {
        TEXT,
        JSON
    }
}

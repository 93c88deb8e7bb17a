package io.magpie.engines;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/// One broker that is its own controller.
final class Kafka implements Recipe {
    private static final ClassPath JARS = new ClassPath("kafka");

    @Override
    public Software software() {
        return JARS;
    }

    @Override
    public List<String> ports() {
        return List.of("clients", "controller");
    }

    @Override
    public void create(Setup setup) {
        setup.run(Java.command(
                JARS.jars(),
                List.of("-Xmx128m"),
                "kafka.tools.StorageTool",
                "format",
                // In one argument: an id may begin with a dash.
                "--cluster-id=" + clusterId(),
                "-c",
                configuration(setup)));
    }

    @Override
    public List<Part> parts(Setup setup) {
        return List.of(new Part(
                "kafka",
                Java.command(
                        JARS.jars(),
                        List.of("-Xmx256m", "-Dlog4j2.configurationFile=" + logging(setup)),
                        "kafka.Kafka",
                        configuration(setup)),
                new Part.Ready.Line("Kafka Server started")));
    }

    private static String configuration(Setup setup) {
        return setup.write("server.properties", """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@%1$s:%3$d
                listeners=PLAINTEXT://%1$s:%2$d,CONTROLLER://%1$s:%3$d
                controller.listener.names=CONTROLLER
                log.dirs=%4$s
                num.partitions=1
                offsets.topic.num.partitions=1
                offsets.topic.replication.factor=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                group.initial.rebalance.delay.ms=0
                """.formatted(
                        Setup.HOST, setup.port(), setup.port("controller"), setup.file("data")));
    }

    private static String logging(Setup setup) {
        return setup.write("log4j2.properties", """
                rootLogger.level=INFO
                rootLogger.appenderRef.out.ref=out
                appender.out.type=Console
                appender.out.name=out
                appender.out.layout.type=PatternLayout
                appender.out.layout.pattern=%d %p %c{1}: %m%n
                """);
    }

    /// Made here, because asking Kafka for one starts a JVM.
    private static String clusterId() {
        UUID id = UUID.randomUUID();
        byte[] bytes = ByteBuffer.allocate(Long.BYTES * 2)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String url(Setup setup) {
        return setup.address();
    }
}

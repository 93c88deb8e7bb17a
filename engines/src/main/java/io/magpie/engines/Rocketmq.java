package io.magpie.engines;

import java.util.List;

/// A name server, which is where clients connect first, and one broker.
final class Rocketmq implements Recipe {
    private static final ClassPath JARS = new ClassPath("rocketmq");

    @Override
    public Software software() {
        return JARS;
    }

    @Override
    public List<String> ports() {
        return List.of("clients", "broker");
    }

    @Override
    public List<Part> parts(Setup setup) {
        String names = setup.write("namesrv.conf", """
                listenPort=%d
                bindAddress=%s
                """.formatted(setup.port(), Setup.HOST));
        // Store files of the usual size would take a gigabyte each.
        String broker = setup.write("broker.conf", """
                brokerClusterName=magpie
                brokerName=magpie
                brokerId=0
                namesrvAddr=%1$s:%2$d
                listenPort=%3$d
                bindAddress=%1$s
                brokerIP1=%1$s
                haListenPort=%4$d
                storePathRootDir=%5$s
                storePathCommitLog=%5$s/commitlog
                mappedFileSizeCommitLog=67108864
                mappedFileSizeConsumeQueue=600000
                autoCreateTopicEnable=true
                diskMaxUsedSpaceRatio=99
                """.formatted(
                        Setup.HOST, setup.port(), setup.port("broker"), setup.port("broker") + 1, setup.file("store")));
        return List.of(
                part(setup, "namesrv", "128m", "namesrv.NamesrvStartup", names, "The Name Server boot success"),
                part(setup, "broker", "512m", "broker.BrokerStartup", broker, "boot success"));
    }

    private static Part part(Setup setup, String name, String heap, String main, String configuration, String ready) {
        return new Part(
                name,
                Java.command(
                        JARS.jars(),
                        List.of(
                                "-Xmx" + heap,
                                // Its logs follow the home.
                                "-Duser.home=" + setup.folder(),
                                "-Drocketmq.home.dir=" + setup.folder(),
                                "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
                                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED"),
                        "org.apache.rocketmq." + main,
                        "-c",
                        configuration),
                new Part.Ready.Line(ready));
    }

    @Override
    public String url(Setup setup) {
        return setup.address();
    }
}

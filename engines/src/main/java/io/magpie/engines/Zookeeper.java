package io.magpie.engines;

import java.util.List;

final class Zookeeper implements Recipe {
    @Override
    public Software software() {
        return new Software.Debian("zookeeper");
    }

    @Override
    public List<Part> parts(Setup setup) {
        setup.makeFolder("data");
        String configuration = setup.write("zoo.cfg", """
                tickTime=500
                minSessionTimeout=1000
                maxSessionTimeout=20000
                dataDir=%s
                clientPort=%d
                clientPortAddress=%s
                admin.enableServer=false
                4lw.commands.whitelist=*
                maxClientCnxns=0
                """.formatted(setup.file("data"), setup.port(), Setup.HOST));
        return List.of(new Part(
                "zookeeper",
                Java.command(
                        "/etc/zookeeper/conf:/usr/share/java/zookeeper.jar",
                        List.of("-Xmx128m", "-Dzookeeper.log.dir=" + setup.folder()),
                        "org.apache.zookeeper.server.ZooKeeperServerMain",
                        configuration),
                new Part.Ready.Port(setup.port())));
    }

    @Override
    public String url(Setup setup) {
        return setup.address();
    }
}

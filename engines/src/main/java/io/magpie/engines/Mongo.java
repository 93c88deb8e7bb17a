package io.magpie.engines;

import java.util.List;

/// mongo-java-server: MongoDB's protocol over an H2 file, without sessions, transactions and change streams. MongoDB
/// itself comes neither from Debian nor from Maven.
final class Mongo implements Recipe {
    private static final ClassPath JARS = new ClassPath("mongo");

    /// The server's own entry point knows one port only. Run from its source by `java`.
    private static final String MAIN = """
            import de.bwaldvogel.mongo.MongoServer;
            import de.bwaldvogel.mongo.backend.h2.H2Backend;

            void main(String[] arguments) {
                var server = new MongoServer(new H2Backend(arguments[0]));
                server.bind("127.0.0.1", Integer.parseInt(arguments[1]));
                Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
            }
            """;

    @Override
    public Software software() {
        return JARS;
    }

    @Override
    public List<Part> parts(Setup setup) {
        return List.of(new Part(
                "mongo",
                Java.command(
                        JARS.jars(),
                        List.of("-Xmx256m"),
                        setup.write("Main.java", MAIN),
                        setup.file("data.h2"),
                        Integer.toString(setup.port())),
                new Part.Ready.Port(setup.port())));
    }

    @Override
    public String url(Setup setup) {
        return "mongodb://" + setup.address();
    }
}

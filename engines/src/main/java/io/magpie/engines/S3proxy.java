package io.magpie.engines;

import java.util.List;

/// The S3 API over a folder of files.
final class S3proxy implements Recipe {
    private static final ClassPath JARS = new ClassPath("s3proxy");

    @Override
    public Software software() {
        return JARS;
    }

    @Override
    public List<Part> parts(Setup setup) {
        setup.makeFolder("data");
        String configuration =
                setup.write("s3proxy.conf", """
                s3proxy.endpoint=http://%s
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=%s
                """.formatted(setup.address(), user(), password(), setup.file("data")));
        return List.of(new Part(
                "s3proxy",
                Java.command(JARS.jars(), List.of("-Xmx256m"), "org.gaul.s3proxy.Main", "--properties", configuration),
                new Part.Ready.Port(setup.port())));
    }

    @Override
    public String url(Setup setup) {
        return "http://" + setup.address();
    }

    @Override
    public String user() {
        return "magpie";
    }

    @Override
    public String password() {
        return "magpie-secret";
    }
}

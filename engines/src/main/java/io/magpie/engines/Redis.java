package io.magpie.engines;

import java.util.List;

/// Keeps nothing: whoever uses it must live with an empty Redis coming back, and is tested with one.
final class Redis implements Recipe {
    @Override
    public Software software() {
        return new Software.Debian("redis");
    }

    @Override
    public List<Part> parts(Setup setup) {
        return List.of(new Part(
                "redis",
                List.of(
                        "redis-server",
                        "--port",
                        Integer.toString(setup.port()),
                        "--bind",
                        Setup.HOST,
                        "--dir",
                        setup.folder().toString(),
                        "--save",
                        "",
                        "--appendonly",
                        "no",
                        "--daemonize",
                        "no"),
                new Part.Ready.Line("Ready to accept connections")));
    }

    @Override
    public String url(Setup setup) {
        return "redis://" + setup.address();
    }
}

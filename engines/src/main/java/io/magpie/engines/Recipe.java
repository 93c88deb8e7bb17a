package io.magpie.engines;

import java.util.List;

/// How one kind of engine is made to run.
interface Recipe {
    Software software();

    /// Names of the ports it needs; the first is where clients connect.
    default List<String> ports() {
        return List.of("clients");
    }

    /// Makes the data of a new folder; called once per folder.
    default void create(Setup setup) {}

    /// Its processes in the order of their start; called at every start, so that configuration follows the ports.
    List<Part> parts(Setup setup);

    /// What a client is configured with.
    String url(Setup setup);

    default String user() {
        return "";
    }

    default String password() {
        return "";
    }
}

package io.magpie.server.config;

/// What was said, which is by far the most of what a store keeps.
public record History(
        @Setting(
                value =
                        "Where the entries of all conversations are kept: `store` is with everything else; with `mongodb` they "
                                + "are there, and accounts, groups and all the rest in what `store` names. Chosen once, for an empty "
                                + "store. See docs/decisions/0068-mongodb.md.",
                initial = "store")
        Kind in) {
    public enum Kind {
        STORE,
        MONGODB
    }
}

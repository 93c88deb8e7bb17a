package io.magpie.server.config;

/// What was said, which is by far the most of what a store keeps.
public record History(
        @Setting(
                value =
                        "Where the entries of all conversations are kept: `store` is with everything else; with `mongodb` they "
                                + "are there, with `sharded` in the databases of `sharding.urls`, and accounts, groups and all the "
                                + "rest in what `store` names. Chosen once, for an empty store. See "
                                + "docs/decisions/0068-mongodb.md and docs/decisions/0069-sharding.md.",
                initial = "store")
        Kind in) {
    public enum Kind {
        STORE,
        MONGODB,
        SHARDED
    }
}

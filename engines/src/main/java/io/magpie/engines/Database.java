package io.magpie.engines;

/// With a database `magpie` for the user `magpie`, who may also make databases of his own.
interface Database extends Recipe {
    String NAME = "magpie";

    /// What it is called in the URLs of its driver.
    String protocol();

    @Override
    default String url(Setup setup) {
        return "jdbc:" + protocol() + "://" + setup.address() + "/" + NAME;
    }

    @Override
    default String user() {
        return NAME;
    }

    @Override
    default String password() {
        return NAME;
    }
}

package io.magpie.adapter.local;

import io.magpie.core.cluster.Registry;
import io.magpie.core.cluster.RegistryContract;

class LocalRegistryTest extends RegistryContract {
    @Override
    protected Registry open() {
        return new LocalRegistry();
    }
}

package io.magpie.adapter.jdbc;

import io.magpie.core.storage.Storage;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;

/// An empty store for each test.
public interface StorageFixture extends BeforeEachCallback, AfterEachCallback {
    Storage ports();
}

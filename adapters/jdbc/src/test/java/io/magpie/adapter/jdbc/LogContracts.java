package io.magpie.adapter.jdbc;

import io.magpie.core.file.FileUsesContract;
import io.magpie.core.log.ConcurrentLogContract;
import io.magpie.core.log.EntryLogContract;
import io.magpie.core.log.OldEntriesContract;
import io.magpie.core.log.RepeatContract;
import io.magpie.core.log.TargetContract;
import io.magpie.core.log.UnreadContract;
import io.magpie.core.log.UnreadOracleContract;
import io.magpie.core.search.SearchContract;
import io.magpie.core.storage.Storage;
import io.magpie.core.store.StoreContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The contracts of core's ports that a log is part of.
public abstract class LogContracts {
    @RegisterExtension
    final StorageFixture fixture;

    protected LogContracts(StorageFixture fixture) {
        this.fixture = fixture;
    }

    @Nested
    class EntryLogTest extends EntryLogContract {
        @Override
        protected Storage ports() {
            return fixture.ports();
        }
    }

    @Nested
    class OldEntriesTest extends OldEntriesContract {
        @Override
        protected Storage ports() {
            return fixture.ports();
        }
    }

    @Nested
    class TargetTest extends TargetContract {
        @Override
        protected Storage ports() {
            return fixture.ports();
        }
    }

    @Nested
    class UnreadTest extends UnreadContract {
        @Override
        protected Storage ports() {
            return fixture.ports();
        }
    }

    @Nested
    class RepeatTest extends RepeatContract {
        @Override
        protected Storage ports() {
            return fixture.ports();
        }
    }

    @Nested
    class StoreTest extends StoreContract {
        @Override
        protected Storage ports() {
            return fixture.ports();
        }
    }

    @Nested
    class FileUsesTest extends FileUsesContract {
        @Override
        protected Storage ports() {
            return fixture.ports();
        }
    }

    @Nested
    class UnreadOracleTest extends UnreadOracleContract {
        @Override
        protected Storage ports() {
            return fixture.ports();
        }
    }

    @Nested
    class ConcurrentLogTest extends ConcurrentLogContract {
        @Override
        protected Storage ports() {
            return fixture.ports();
        }
    }

    @Nested
    class SearchTest extends SearchContract {
        @Override
        protected Storage ports() {
            return fixture.ports();
        }
    }
}

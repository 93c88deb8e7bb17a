package io.magpie.adapter.jdbc;

import io.magpie.core.account.AccountsContract;
import io.magpie.core.contact.ContactsContract;
import io.magpie.core.conversation.MembersContract;
import io.magpie.core.device.LoginsContract;
import io.magpie.core.file.FilesContract;
import io.magpie.core.group.GroupsContract;
import io.magpie.core.storage.Storage;
import org.junit.jupiter.api.Nested;

/// The contracts of core's ports, kept by each store behind JDBC.
abstract class StorageContract extends LogContracts {
    StorageContract(StorageFixture fixture) {
        super(fixture);
    }

    @Nested
    class MembersTest extends MembersContract {
        @Override
        protected Storage ports() {
            return fixture.ports();
        }
    }

    @Nested
    class GroupsTest extends GroupsContract {
        @Override
        protected Storage ports() {
            return fixture.ports();
        }
    }

    @Nested
    class ContactsTest extends ContactsContract {
        @Override
        protected Storage ports() {
            return fixture.ports();
        }
    }

    @Nested
    class AccountsTest extends AccountsContract {
        @Override
        protected Storage ports() {
            return fixture.ports();
        }
    }

    @Nested
    class FilesTest extends FilesContract {
        @Override
        protected Storage ports() {
            return fixture.ports();
        }
    }

    @Nested
    class LoginsTest extends LoginsContract {
        @Override
        protected Storage ports() {
            return fixture.ports();
        }
    }
}

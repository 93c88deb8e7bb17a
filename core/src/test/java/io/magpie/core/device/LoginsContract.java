package io.magpie.core.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.storage.Edits;
import io.magpie.core.storage.Storage;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every [Logins] must do.
public abstract class LoginsContract {
    private static final Device PHONE = new Device("phone", Platform.IOS, "Ann's");
    private static final Device DESK = new Device("desk", Platform.LINUX, "");

    protected abstract Storage ports();

    @Test
    void keepsLogins() {
        var login = open(1, PHONE, token(1));
        assertThat(login).isEqualTo(new Login(login.id(), 1, PHONE, 5, 5, 50));
        assertThat(ports().logins().byToken(token(1))).contains(login);
        assertThat(ports().logins().byToken(token(2))).isEmpty();
        assertThat(ports().logins().find(login.id())).contains(login);
    }

    @Test
    void theSameDeviceEndsItsOldLogin() {
        var old = open(1, PHONE, token(1));
        var other = open(2, PHONE, token(2));
        var fresh = open(1, PHONE, token(3));
        assertThat(fresh.id()).isNotEqualTo(old.id());
        assertThat(ports().logins().byToken(token(1))).isEmpty();
        assertThat(ports().logins().ofUser(1)).containsExactly(fresh);
        assertThat(ports().logins().ofUser(2)).containsExactly(other);
    }

    @Test
    void withoutToken() {
        var first = open(1, PHONE, null);
        var second = open(1, DESK, null);
        assertThat(ports().logins().ofUser(1)).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void extendsAndListsTheLatestFirst() {
        var phone = open(1, PHONE, token(1));
        var desk = open(1, DESK, token(2));
        Edits.in(ports(), transaction -> transaction.on(Logins.Edits.class).extend(phone.id(), 9, 90));
        assertThat(ports().logins().ofUser(1)).containsExactly(new Login(phone.id(), 1, PHONE, 5, 9, 90), desk);
    }

    @Test
    void f36AnEndedIdIsNeverUsedAgain() {
        var ended = open(1, PHONE, token(1));
        Edits.in(ports(), transaction -> transaction.on(Logins.Edits.class).close(ended.id()));
        assertThat(ports().logins().find(ended.id())).isEmpty();
        assertThat(ports().logins().byToken(token(1))).isEmpty();
        assertThat(open(1, DESK, token(2)).id()).isGreaterThan(ended.id());
    }

    @Test
    void expiredOnesAreDeletedTheLongestExpiredFirst() {
        var first = open(1, PHONE, token(1));
        var second = open(1, DESK, token(2));
        var lasting = open(2, PHONE, token(3));
        Edits.in(ports(), transaction -> {
            var edits = transaction.on(Logins.Edits.class);
            edits.extend(first.id(), 6, 60);
            edits.extend(lasting.id(), 6, 61);
        });
        assertThat(deleteExpired(50)).isZero();
        assertThat(deleteExpired(61)).isEqualTo(1);
        assertThat(ports().logins().find(second.id())).isEmpty();
        assertThat(deleteExpired(61)).isEqualTo(1);
        assertThat(deleteExpired(61)).isZero();
        assertThat(ports().logins().byToken(token(1))).isEmpty();
        assertThat(ports().logins().byToken(token(3))).isPresent();
        assertThat(open(1, DESK, token(4)).id()).isGreaterThan(lasting.id());
    }

    private int deleteExpired(long time) {
        var deleted = new int[1];
        Edits.in(
                ports(),
                transaction -> deleted[0] = transaction.on(Logins.Edits.class).deleteExpired(time, 1));
        return deleted[0];
    }

    private Login open(long user, Device device, byte @Nullable [] token) {
        var opened = new ArrayList<Login>();
        Edits.in(ports(), transaction -> {
            opened.clear();
            opened.add(transaction.on(Logins.Edits.class).open(user, device, token, 5, 50));
        });
        return opened.getFirst();
    }

    private static byte[] token(int number) {
        return new byte[] {1, 2, (byte) number};
    }
}

package io.magpie.core.session;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.device.Device;
import io.magpie.core.device.Login;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// A connection that said `hello`: it has a user. Compared by identity. An idle session holds nothing but this
/// object.
public final class Session {
    /// A chatting person writes to few conversations at a time; what is forgotten is looked up again.
    private static final int MAX_PERMITS = 32;

    private final Login login;
    private final Device device;
    private final Connection connection;
    private final SerialTasks tasks;
    private final long since;
    private @Nullable Map<ConversationId, Permit> permits;
    private volatile Set<Long> watching = Set.of();

    /// @param login what the token belongs to
    /// @param device as `hello` named it; one login may hold connections of several
    /// @param since see [#since]
    public Session(Login login, Device device, Connection connection, Executor workers, long since) {
        this.login = login;
        this.device = device;
        this.connection = connection;
        this.tasks = new SerialTasks(workers);
        this.since = since;
    }

    public long user() {
        return login.user();
    }

    public Login login() {
        return login;
    }

    public Device device() {
        return device;
    }

    public Connection connection() {
        return connection;
    }

    /// When it said `hello`, in milliseconds since the epoch. Of two sessions of one device the later one stays.
    public long since() {
        return since;
    }

    public SerialTasks tasks() {
        return tasks;
    }

    public synchronized @Nullable Permit permit(ConversationId conversation) {
        return permits == null ? null : permits.get(conversation);
    }

    public synchronized void keep(ConversationId conversation, Permit permit) {
        if (permits == null) {
            permits = new LinkedHashMap<>(4);
        }
        permits.put(conversation, permit);
        if (permits.size() > MAX_PERMITS) {
            permits.remove(permits.keySet().iterator().next());
        }
    }

    public synchronized void forget(ConversationId conversation) {
        if (permits != null) {
            permits.remove(conversation);
        }
    }

    /// The users whose presence this session watches; immutable.
    public Set<Long> watching() {
        return watching;
    }

    public void watching(Set<Long> users) {
        watching = Set.copyOf(users);
    }
}

package io.magpie.core.delivery;

import io.magpie.core.conversation.Members;
import io.magpie.core.session.Session;
import io.magpie.core.session.Sessions;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Which groups have online members on this node, and who they are. Any thread; [#prepare] blocks.
///
/// A user's groups are read from the store when the first session comes, and follow the `members` entries from then
/// on. The two cannot miss each other: the user is entered before the read, and a `members` entry delivered while
/// the read is under way makes it read again.
public final class Audiences {
    private final ConcurrentHashMap<Long, Audience> byGroup = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Long, OnlineUser> byUser = new ConcurrentHashMap<>();
    private final Sessions sessions;
    private final Members members;

    public Audiences(Sessions sessions, Members members) {
        this.sessions = sessions;
        this.members = members;
    }

    /// Before a session is registered: makes the user's groups known. Every call is paired with one of [#leave].
    public void prepare(long user) {
        var online = byUser.compute(user, (_, there) -> (there == null ? new OnlineUser() : there).enter());
        online.load(user, members, this);
    }

    /// After the session was added to [Sessions].
    public void entered(Session session) {
        changed(session.user());
    }

    /// After the session was removed from [Sessions], or was never added.
    public void leave(long user) {
        byUser.computeIfPresent(user, (_, online) -> online.exit(user, this));
        changed(user);
    }

    int size(long group) {
        var audience = byGroup.get(group);
        return audience == null ? 0 : audience.size();
    }

    List<LaneShare> of(long group) {
        var audience = byGroup.get(group);
        return audience == null ? List.of() : audience.shares();
    }

    void joined(long group, Collection<Long> users) {
        for (long user : users) {
            var online = byUser.get(user);
            if (online != null) {
                online.join(user, group, this);
            }
        }
    }

    void left(long group, Collection<Long> users) {
        for (long user : users) {
            var online = byUser.get(user);
            if (online != null) {
                online.part(user, group, this);
            }
        }
    }

    void dissolved(long group) {
        var audience = byGroup.get(group);
        if (audience != null) {
            left(group, audience.users());
        }
    }

    private void changed(long user) {
        var online = byUser.get(user);
        if (online != null) {
            for (long group : online.groups()) {
                byGroup.computeIfPresent(group, (_, audience) -> {
                    audience.changed();
                    return audience;
                });
            }
        }
    }

    private void put(long group, long user) {
        byGroup.compute(group, (_, there) -> {
            var audience = there == null ? new Audience(sessions) : there;
            audience.add(user);
            return audience;
        });
    }

    private void take(long group, long user) {
        byGroup.computeIfPresent(group, (_, audience) -> {
            audience.remove(user);
            return audience.isEmpty() ? null : audience;
        });
    }

    /// A user with sessions here, or about to have one. Its monitor orders reads of the store against `members`
    /// entries.
    private static final class OnlineUser {
        private Set<Long> groups = Set.of();
        private int holders;
        private boolean loaded;
        private int version;

        synchronized OnlineUser enter() {
            holders++;
            return this;
        }

        synchronized @Nullable OnlineUser exit(long user, Audiences all) {
            if (--holders > 0) {
                return this;
            }
            groups.forEach(group -> all.take(group, user));
            groups = Set.of();
            loaded = false;
            return null;
        }

        void load(long user, Members members, Audiences all) {
            while (true) {
                int seen;
                synchronized (this) {
                    if (loaded) {
                        return;
                    }
                    seen = version;
                }
                var read = members.groupsOf(user);
                synchronized (this) {
                    if (!loaded && seen == version) {
                        groups = new HashSet<>(read);
                        groups.forEach(group -> all.put(group, user));
                        loaded = true;
                    }
                }
            }
        }

        synchronized void join(long user, long group, Audiences all) {
            version++;
            if (loaded && holders > 0 && groups.add(group)) {
                all.put(group, user);
            }
        }

        synchronized void part(long user, long group, Audiences all) {
            version++;
            if (loaded && groups.remove(group)) {
                all.take(group, user);
            }
        }

        synchronized List<Long> groups() {
            return List.copyOf(groups);
        }
    }
}

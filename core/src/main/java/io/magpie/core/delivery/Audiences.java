package io.magpie.core.delivery;

import io.magpie.core.cluster.Holdings;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.Members;
import io.magpie.core.log.Body;
import io.magpie.core.log.Entry;
import io.magpie.core.session.Session;
import io.magpie.core.session.Sessions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Which groups have online members on this node, and who they are. Any thread; [#prepare] blocks. Other nodes
/// learn it through [Holdings], before the first session of a user is let in: register, then sync.
///
/// A user's groups are read from the store when the first session comes, and follow the `members` entries from
/// then on. The two cannot miss each other: the user is entered before the read, and a `members` entry
/// delivered while the read is under way makes it read again.
public final class Audiences {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ConcurrentHashMap<Long, Audience> byGroup = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Long, OnlineUser> byUser = new ConcurrentHashMap<>();
    private final Sessions sessions;
    private final Members members;
    private final Holdings holdings;
    private final InstantSource clock;

    public Audiences(Sessions sessions, Members members, Holdings holdings, InstantSource clock) {
        this.sessions = sessions;
        this.members = members;
        this.holdings = holdings;
        this.clock = clock;
    }

    /// Before a session is registered: makes the user's groups known. Every call is paired with one of [#leave].
    public void prepare(long user) {
        var online = byUser.compute(user, (_, there) -> (there == null ? came(user) : there).enter());
        online.load(user, members, this);
        // Without an answer the session is let in all the same: what is not pushed to it, the reconciler finds.
        holdings.settle(PATIENCE);
    }

    private OnlineUser came(long user) {
        holdings.holdUser(user);
        return new OnlineUser(clock.millis());
    }

    /// Reads the user's groups again: a change of them was missed. Blocks.
    void reload(long user) {
        var online = byUser.get(user);
        if (online != null) {
            online.reload(user, members, this);
        }
    }

    /// After the session was added to [Sessions].
    public void entered(Session session) {
        changed(session.user());
    }

    /// After the session was removed from [Sessions], or was never added.
    public void leave(long user) {
        byUser.computeIfPresent(user, (_, online) -> {
            var left = online.exit(user, this);
            if (left == null) {
                holdings.releaseUser(user);
            }
            return left;
        });
        changed(user);
    }

    /// Users with sessions here.
    List<Long> everybody() {
        return List.copyOf(byUser.keySet());
    }

    /// Since when somebody who sees the entry has been here without a break; [Long#MAX_VALUE] if nobody is.
    long since(Entry entry) {
        long since = since(entry.conversation());
        if (entry.body() instanceof Body.MembersChanged change && change.change() == Body.MemberChange.JOINED) {
            for (long user : change.users()) {
                since = Math.min(since, since(user));
            }
        }
        return since;
    }

    long since(ConversationId conversation) {
        return switch (conversation.kind()) {
            case DIRECT -> Math.min(since(conversation.low()), since(conversation.high()));
            case NOTICES -> since(conversation.owner());
            case GROUP -> {
                var audience = byGroup.get(conversation.group());
                yield audience == null ? Long.MAX_VALUE : audience.since();
            }
        };
    }

    private long since(long user) {
        var online = byUser.get(user);
        return online == null ? Long.MAX_VALUE : online.since;
    }

    int size(long group) {
        var audience = byGroup.get(group);
        return audience == null ? 0 : audience.size();
    }

    /// @param seq of the entry that they may see; the greatest number for what is no entry
    List<LaneShare> of(long group, long seq) {
        var audience = byGroup.get(group);
        return audience == null ? List.of() : audience.shares(seq);
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

    private void put(long group, long user, long from) {
        byGroup.compute(group, (_, there) -> {
            var audience = there == null ? begun(group) : there;
            audience.add(user, from);
            return audience;
        });
    }

    private void take(long group, long user) {
        byGroup.computeIfPresent(group, (_, audience) -> {
            audience.remove(user);
            if (audience.isEmpty()) {
                holdings.releaseGroup(group);
                return null;
            }
            return audience;
        });
    }

    private Audience begun(long group) {
        holdings.holdGroup(group);
        return new Audience(sessions, clock.millis());
    }

    /// A user with sessions here, or about to have one. Its monitor orders reads of the store against `members`
    /// entries.
    private static final class OnlineUser {
        private final long since;
        /// In ascending order.
        private Longs groups = new Longs();

        private int holders;
        private boolean loaded;
        private int version;

        OnlineUser(long since) {
            this.since = since;
        }

        synchronized OnlineUser enter() {
            holders++;
            return this;
        }

        synchronized @Nullable OnlineUser exit(long user, Audiences all) {
            if (--holders > 0) {
                return this;
            }
            groups.toList().forEach(group -> all.take(group, user));
            groups = new Longs();
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
                        groups = Longs.sorted(read.keySet());
                        read.forEach((group, from) -> all.put(group, user, from));
                        loaded = true;
                    }
                }
            }
        }

        void reload(long user, Members members, Audiences all) {
            while (true) {
                int seen;
                synchronized (this) {
                    seen = version;
                }
                var read = members.groupsOf(user);
                synchronized (this) {
                    if (!loaded || holders == 0) {
                        return;
                    }
                    if (seen == version) {
                        replace(user, read, all);
                        return;
                    }
                }
            }
        }

        private void replace(long user, Map<Long, Long> read, Audiences all) {
            for (long group : groups.toList()) {
                if (!read.containsKey(group)) {
                    all.take(group, user);
                }
            }
            groups = Longs.sorted(read.keySet());
            read.forEach((group, from) -> all.put(group, user, from));
        }

        synchronized void join(long user, long group, Audiences all) {
            version++;
            int at = groups.find(group);
            if (loaded && holders > 0 && at < 0) {
                groups.insert(-1 - at, group);
                all.put(group, user, 0);
            }
        }

        synchronized void part(long user, long group, Audiences all) {
            version++;
            int at = groups.find(group);
            if (loaded && at >= 0) {
                groups.remove(at);
                all.take(group, user);
            }
        }

        synchronized List<Long> groups() {
            return groups.toList();
        }
    }
}

package io.magpie.core.delivery;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.Member;
import io.magpie.core.conversation.Members;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Knows the groups of users, and can be made to run something in the middle of reading them.
public final class TestMembers implements Members {
    public final Map<Long, List<Long>> groups;
    public volatile long visibleFrom = 1;
    public volatile Runnable whileReading = () -> {};

    public TestMembers(Map<Long, List<Long>> groups) {
        this.groups = new ConcurrentHashMap<>(groups);
    }

    @Override
    public Map<Long, Long> groupsOf(long user) {
        var read = groups.getOrDefault(user, List.of());
        whileReading.run();
        return read.stream().collect(Collectors.toMap(group -> group, _ -> visibleFrom));
    }

    @Override
    public Optional<Member> find(ConversationId conversation, long user) {
        return Optional.empty();
    }

    @Override
    public List<Member> findAll(ConversationId conversation, Collection<Long> users) {
        return List.of();
    }

    @Override
    public List<Member> current(ConversationId conversation, long afterUser, int limit) {
        return List.of();
    }

    @Override
    public int count(ConversationId conversation) {
        return 0;
    }

    @Override
    public List<Member> admins(ConversationId conversation) {
        return List.of();
    }

    @Override
    public List<Member> ofUser(long user, @Nullable ConversationId after, int limit) {
        return List.of();
    }

    @Override
    public List<Member> readers(ConversationId conversation, long seq, int limit) {
        return List.of();
    }
}

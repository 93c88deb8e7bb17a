package io.magpie.server;

import io.magpie.core.account.PasswordHash;
import io.magpie.core.contact.ContactService;
import io.magpie.core.group.GroupService;
import io.magpie.core.group.GroupSettings;
import io.magpie.core.group.JoinService;
import io.magpie.core.group.MembershipService;
import io.magpie.core.journal.Journal;
import io.magpie.core.limit.Rate;
import io.magpie.core.limit.TokenBuckets;
import io.magpie.core.storage.Storage;
import io.magpie.server.config.Settings;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Who knows whom: contacts and groups.
@Configuration(proxyBeanMethods = false)
class ContactWiring {
    /// Whoever has not asked for the longest time is forgotten first.
    private static final int MAX_ASKING = 100_000;

    @Bean
    ContactService contactService(Journal journal, Storage storage, Settings settings, InstantSource clock) {
        var limit =
                new TokenBuckets<Long>(Rate.perMinute(settings.limits().friendRequestsPerMinute()), MAX_ASKING, clock);
        return new ContactService(journal, storage.contacts(), limit::take, clock);
    }

    @Bean
    GroupSettings groupSettings(Settings settings) {
        return new GroupSettings(
                settings.groups().maxMembers(), settings.messages().from() == Settings.From.FRIENDS);
    }

    @Bean
    GroupService groupService(
            Journal journal, Storage storage, PasswordHash passwords, GroupSettings settings, InstantSource clock) {
        return new GroupService(journal, storage.groups(), storage.members(), passwords, settings, clock);
    }

    @Bean
    MembershipService membershipService(Journal journal, Storage storage, GroupSettings settings, InstantSource clock) {
        return new MembershipService(journal, storage.groups(), storage.members(), settings, clock);
    }

    @Bean
    JoinService joinService(
            Journal journal, Storage storage, PasswordHash passwords, GroupSettings settings, InstantSource clock) {
        return new JoinService(journal, storage.groups(), passwords, settings, clock);
    }
}

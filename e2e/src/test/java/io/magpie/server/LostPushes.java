package io.magpie.server;

import io.magpie.core.journal.AfterCommit;
import io.magpie.core.journal.Posting;
import io.magpie.core.journal.Settled;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Entry;
import java.util.List;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/// Loses one push in three on the way from the log to the devices, as any bus may. The server must mend that: so many
/// that the last one of some conversation is among them, which no later one shows.
@Component
@Profile("lost-pushes")
final class LostPushes implements BeanPostProcessor {
    private static final int ONE_IN = 3;

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof PushTap tap
                ? new PushTap(new Lossy(tap.afterCommit()), tap.acknowledgements(), tap.chores(), tap.service())
                : bean;
    }

    private record Lossy(AfterCommit delivery) implements AfterCommit {
        @Override
        public void committed(List<Entry> entries) {
            delivery.committed(entries);
        }

        @Override
        public void settled(List<Settled> batch) {
            delivery.settled(batch.stream().map(Lossy::maybeLost).toList());
        }

        /// What is settled as a repeat is answered but not pushed.
        private static Settled maybeLost(Settled settled) {
            Entry entry = settled.entry();
            if (entry == null || entry.hashCode() % ONE_IN != 0) {
                return settled;
            }
            Posting real = settled.posting();
            var posting = new Posting(
                    real.draft(),
                    real.weight(),
                    real.from(),
                    (_, answers) -> real.receipt().settled(settled.result(), answers));
            return new Settled(posting, new AppendResult.Stored(entry.seq(), entry.sentAt(), true));
        }
    }
}

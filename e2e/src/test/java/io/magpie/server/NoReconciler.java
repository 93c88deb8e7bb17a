package io.magpie.server;

import io.magpie.core.delivery.Audiences;
import io.magpie.core.delivery.Delivery;
import io.magpie.core.delivery.DeliveryStats;
import io.magpie.core.delivery.Reconciler;
import io.magpie.core.log.Changes;
import io.magpie.core.log.EntryLog;
import io.magpie.core.storage.Storage;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/// The reconciler sees nothing: neither what changed nor what fills a hole.
@Component
@Profile("no-reconciler")
final class NoReconciler implements BeanPostProcessor, BeanFactoryAware {
    private @Nullable BeanFactory beans;

    @Override
    public void setBeanFactory(BeanFactory factory) {
        beans = factory;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        BeanFactory factory = beans;
        if (!(bean instanceof Reconciler) || factory == null) {
            return bean;
        }
        EntryLog blind = Decorated.of(
                EntryLog.class,
                factory.getBean(Storage.class).log(),
                Map.of(
                        "changes", _ -> new Changes(List.of(), 0, false),
                        "changedBy", _ -> new Changes(List.of(), 0, false),
                        "ascending", _ -> List.of(),
                        "latest", _ -> List.of(),
                        "entry", _ -> Optional.empty(),
                        "entries", _ -> Map.of()));
        return new Reconciler(
                blind,
                factory.getBean(Delivery.class),
                factory.getBean(Audiences.class),
                factory.getBean(DeliveryStats.class),
                factory.getBean(InstantSource.class));
    }
}

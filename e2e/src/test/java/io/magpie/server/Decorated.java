package io.magpie.server;

import io.magpie.core.log.EntryLog;
import io.magpie.core.storage.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Ports with some methods replaced, whatever other methods they have.
final class Decorated {
    private Decorated() {}

    /// A storage with another log, and else as it is.
    static Storage storage(Storage real, UnaryOperator<EntryLog> log) {
        EntryLog decorated = log.apply(real.log());
        return of(Storage.class, real, Map.of("log", _ -> decorated));
    }

    /// @param replaced what answers instead, by the method's name
    static <T> T of(Class<T> port, T real, Map<String, Function<Object[], Object>> replaced) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (_, method, arguments) -> {
                    var instead = replaced.get(method.getName());
                    if (instead != null) {
                        return instead.apply(arguments == null ? new Object[0] : arguments);
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}

package io.magpie.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives test classes one browser that all of them share, as their constructor's [StockBrowser].
public final class SharedBrowser implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == StockBrowser.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedBrowser.class))
                .computeIfAbsent(StockBrowser.class, _ -> started(), StockBrowser.class);
    }

    private static StockBrowser started() {
        try {
            return new StockBrowser();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

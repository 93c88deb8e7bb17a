package io.magpie.e2e.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives test classes one server that all of them share, as their constructor's [Node]. Who wants one for itself, to
/// restart it or to set it up otherwise, starts it. A class during which the server logs an error fails; a buffer
/// that it has lost is one.
public final class SharedNode implements ParameterResolver, AfterAllCallback {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Node.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return running(context).node();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        assertThat(running(context).node().errors()).isEmpty();
    }

    private static Running running(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedNode.class))
                .computeIfAbsent(Running.class, _ -> new Running(), Running.class);
    }

    /// Started once, also when the start fails: then every class says so at once.
    private static final class Running implements AutoCloseable {
        private final Path folder;
        private final CompletableFuture<Node> started = new CompletableFuture<>();

        Running() {
            try {
                folder = Files.createTempDirectory("magpie-e2e");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            try {
                started.complete(Node.watched(folder));
            } catch (IOException | RuntimeException e) {
                started.completeExceptionally(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                started.completeExceptionally(e);
            }
        }

        Node node() {
            return started.join();
        }

        @Override
        public void close() throws IOException {
            if (!started.isCompletedExceptionally()) {
                node().close();
            }
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}

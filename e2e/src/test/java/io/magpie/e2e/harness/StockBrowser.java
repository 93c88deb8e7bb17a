package io.magpie.e2e.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// Chromium, with stock clients in pages of their own, each as if it were the only one. Needs Debian's `chromium`.
/// Thread-safe.
public final class StockBrowser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    private final NodeScript script;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<Integer, Consumer<JsonNode>> pages = new ConcurrentHashMap<>();

    /// @param rules where names lead to, as in `MAP localhost:8081 127.0.0.1:40000`
    public StockBrowser(String... rules) throws IOException {
        if (!Files.isExecutable(CHROMIUM)) {
            throw new IOException(CHROMIUM + " is missing (Debian: apt install chromium)");
        }
        this.script = new NodeScript(
                event -> pages.getOrDefault(event.path("page").asInt(), _ -> {}).accept(event), "chromium.mjs", rules);
    }

    /// `io(url, options)`.
    public StockPage socket(String url, Map<String, ?> options) throws IOException {
        return page(Map.of("open", List.of("socket", url, options)));
    }

    /// `new Socket(url, options)` of engine.io-client.
    public StockPage engine(String url, Map<String, ?> options) throws IOException {
        return page(Map.of("open", List.of("engine", url, options)));
    }

    /// A page as somebody wrote it.
    public StockPage html(String html) throws IOException {
        return page(Map.of("html", html));
    }

    private StockPage page(Map<String, ?> opening) throws IOException {
        int number = numbers.incrementAndGet();
        return new StockPage(heard -> {
            pages.put(number, heard);
            tell(number, opening);
            return new StockPage.Place() {
                @Override
                public void tell(Map<String, ?> command) {
                    StockBrowser.this.tell(number, command);
                }

                @Override
                public void leave() {
                    StockBrowser.this.tell(number, Map.of("close", true));
                    pages.remove(number);
                }
            };
        });
    }

    private void tell(int page, Map<String, ?> command) {
        var numbered = new LinkedHashMap<String, Object>(command);
        numbered.put("page", page);
        script.tell(numbered);
    }

    @Override
    public void close() {
        script.close();
    }
}

package io.magpie.server.store;

import io.magpie.core.log.ShelfOpener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/// What opens the shelf over several databases. ShardingSphere is more than a hundred jars, which no other server
/// should have on its class path: they lie in a folder of their own and are looked at only when asked for.
public final class ShardingParts {
    /// The system property that names the folder: the module's jar, and in `app` what it needs.
    public static final String FOLDER = "magpie.sharding";

    private ShardingParts() {}

    /// Empty if they are not there. What is found stays loaded as long as the process lives.
    ///
    /// @param folder null if nothing names one
    public static Optional<ShelfOpener> find(@Nullable String folder) {
        if (folder == null) {
            return Optional.empty();
        }
        List<URL> jars = new ArrayList<>(jars(Path.of(folder)));
        jars.addAll(jars(Path.of(folder, "app")));
        var loader = new URLClassLoader("sharding", jars.toArray(URL[]::new), ShardingParts.class.getClassLoader());
        return ServiceLoader.load(ShelfOpener.class, loader).findFirst();
    }

    private static List<URL> jars(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<URL> jars = new ArrayList<>();
        try (var files = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path jar : files) {
                jars.add(jar.toUri().toURL());
            }
        } catch (MalformedURLException e) {
            throw new IllegalStateException(folder.toString(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jars;
    }
}

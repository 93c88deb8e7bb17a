package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `docs/failures.md` names, for each failure of others, exactly the tests that carry its number.
class FailuresTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Set<String> NO_SOURCES = Set.of("target", "node_modules", ".git", "main");
    private static final Pattern METHOD = Pattern.compile("\n +(?:default )?void (f\\d+\\w*)\\(");
    private static final Pattern NUMBERS = Pattern.compile("\\G_?[fF](\\d+)");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| F(\\d+) \\|[^|]*\\|[^|]*\\|([^|]*)\\|$");
    private static final Pattern TEST = Pattern.compile("`(\\w+\\.\\w+)`");

    /// On three nodes or more.
    private static final Set<String> SEVERAL_NODES =
            Set.of("DeliveryProofs", "EngineProofs", "NodeProofs", "ThreeNodesIT", "EveryEngineIT");

    /// Those that only several nodes can have, or that show there in another way.
    private static final Set<Integer> NEED_SEVERAL_NODES =
            Set.of(1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 13, 14, 15, 16, 23, 29, 30, 31, 33, 35, 36, 38, 39, 41);

    @Test
    void everyFailureHasItsTests() throws IOException {
        SortedMap<Integer, SortedSet<String>> documented = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(ROOT.resolve("docs/failures.md")));
        while (row.find()) {
            SortedSet<String> tests = new TreeSet<>();
            TEST.matcher(row.group(2)).results().forEach(test -> tests.add(test.group(1)));
            documented.put(Integer.parseInt(row.group(1)), tests);
        }
        var written = written();
        assertThat(documented.keySet()).containsAll(written.keySet());
        documented.forEach((number, tests) -> assertThat(written.getOrDefault(number, new TreeSet<>()))
                .as("F%d", number)
                .isNotEmpty()
                .isEqualTo(tests));
        assertThat(NEED_SEVERAL_NODES)
                .allSatisfy(number -> assertThat(documented.get(number))
                        .as("F%d", number)
                        .anyMatch(test -> SEVERAL_NODES.contains(test.substring(0, test.indexOf('.')))));
    }

    private static SortedMap<Integer, SortedSet<String>> written() throws IOException {
        SortedMap<Integer, SortedSet<String>> written = new TreeMap<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return !folder.equals(ROOT) && NO_SOURCES.contains(String.valueOf(folder.getFileName()))
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(".java")) {
                    collect(name.substring(0, name.length() - 5), Files.readString(file), written);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return written;
    }

    private static void collect(String type, String source, Map<Integer, SortedSet<String>> written) {
        METHOD.matcher(source).results().forEach(method -> {
            String name = method.group(1);
            String annotations = source.substring(source.lastIndexOf("\n\n", method.start()), method.start());
            assertThat(annotations).as("%s.%s", type, name).contains("Test");
            Matcher number = NUMBERS.matcher(name);
            while (number.find()) {
                written.computeIfAbsent(Integer.parseInt(number.group(1)), _ -> new TreeSet<>())
                        .add(type + "." + name);
            }
        });
    }
}

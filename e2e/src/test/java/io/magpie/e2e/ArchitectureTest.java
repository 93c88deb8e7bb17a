package io.magpie.e2e;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.core.importer.Locations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The walls and budgets of `docs/architecture.md`.
class ArchitectureTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importLocations(locations());

    private static final List<String> ADAPTERS = List.of(
            "jdbc",
            "kafka",
            "local",
            "media",
            "mongo",
            "nacos",
            "rabbitmq",
            "redis",
            "rocketmq",
            "s3",
            "sharding",
            "transcription",
            "webhook",
            "zookeeper");

    /// With the module that servers load by themselves.
    private static Set<Location> locations() {
        Set<Location> all = new HashSet<>(Locations.ofPackage("io.magpie"));
        all.add(Location.of(ROOT.resolve("adapters/sharding/target/classes")));
        return all;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "core",
                "protocol",
                "gateway",
                "adapter.jdbc",
                "adapter.kafka",
                "adapter.local",
                "adapter.media",
                "adapter.mongo",
                "adapter.nacos",
                "adapter.rabbitmq",
                "adapter.redis",
                "adapter.rocketmq",
                "adapter.s3",
                "adapter.sharding",
                "adapter.transcription",
                "adapter.webhook",
                "adapter.zookeeper",
                "server",
                "client",
                "chat",
                "engines",
                "cluster",
                "bench"
            })
    void insideAModuleNoPackageCircles(String module) {
        slices().matching("io.magpie." + module + ".(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void coreKnowsOnlyTheJdk() {
        classes()
                .that()
                .resideInAPackage("io.magpie.core..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.magpie.core..", "java..", "javax.crypto..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void enginesKnowOnlyTheJdk() {
        classes()
                .that()
                .resideInAPackage("io.magpie.engines..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.magpie.engines..", "java..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void adaptersSeeOnlyCore() {
        for (String adapter : ADAPTERS) {
            noClasses()
                    .that()
                    .resideInAPackage("io.magpie.adapter." + adapter + "..")
                    .should()
                    .dependOnClassesThat(resideInAPackage("io.magpie..")
                            .and(not(resideInAnyPackage("io.magpie.core..", "io.magpie.adapter." + adapter + ".."))))
                    .check(CLASSES);
        }
    }

    @Test
    void everyLibraryHasOneRoom() {
        onlyIn("io.netty..", "io.magpie.gateway..", "io.magpie.bench..");
        onlyIn("org.springframework..", "io.magpie.server..", "io.magpie.bench.reference.boot..");
        onlyIn("java.sql..", "io.magpie.adapter.jdbc..", "io.magpie.adapter.sharding..");
        onlyIn("org.jline..", "io.magpie.chat..");
        onlyIn("software.amazon.awssdk..", "io.magpie.adapter.s3..");
        onlyIn("javax.imageio..", "io.magpie.adapter.media..");
        onlyIn("org.apache.kafka..", "io.magpie.adapter.kafka..");
        onlyIn("com.mongodb..", "io.magpie.adapter.mongo..");
        onlyIn("com.rabbitmq..", "io.magpie.adapter.rabbitmq..");
        onlyIn("org.apache.rocketmq..", "io.magpie.adapter.rocketmq..");
        onlyIn("org.apache.curator..", "io.magpie.adapter.zookeeper..");
        onlyIn("org.apache.shardingsphere..", "io.magpie.adapter.sharding..");
        onlyIn("io.lettuce..", "io.magpie.adapter.redis..");
    }

    @Test
    void noFileIsOver500Lines() throws IOException {
        assertThat(sourceLines())
                .isNotEmpty()
                .allSatisfy((file, lines) -> assertThat(lines)
                        .as("%s (expected: at most 500 lines)", file)
                        .isLessThanOrEqualTo(500));
    }

    @Test
    void mostFilesAreSmall() throws IOException {
        var lines = sourceLines().values().stream().sorted().toList();
        assertThat(lines.get(lines.size() / 2)).as("median lines of a file").isLessThanOrEqualTo(100);
        assertThat(lines.get(lines.size() * 9 / 10)).as("p90 lines of a file").isLessThanOrEqualTo(250);
    }

    @Test
    void constructorsTakeAtMostEightParameters() {
        var tooLong = CLASSES.stream()
                .filter(type -> !type.isRecord() && !type.isEnum())
                .flatMap(type -> type.getConstructors().stream())
                .filter(constructor -> constructor.getRawParameterTypes().size() > 8)
                .map(constructor -> constructor.getFullName())
                .toList();
        assertThat(tooLong).isEmpty();
    }

    private static void onlyIn(String library, String... rooms) {
        noClasses()
                .that()
                .resideOutsideOfPackages(rooms)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }

    private static Map<Path, Integer> sourceLines() throws IOException {
        Map<Path, Integer> lines = new TreeMap<>();
        try (var files = Files.walk(ROOT)) {
            for (Path file : files.filter(
                            f -> f.toString().endsWith(".java") && f.toString().contains("/src/"))
                    .filter(f -> !f.toString().contains("/target/"))
                    .toList()) {
                lines.put(ROOT.relativize(file), Files.readAllLines(file).size());
            }
        }
        return lines;
    }
}

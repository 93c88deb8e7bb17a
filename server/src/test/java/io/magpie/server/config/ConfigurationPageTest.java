package io.magpie.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pages in the repository say what the code does.
class ConfigurationPageTest {
    private static final Path ROOT = Path.of("..");

    @Test
    void theCommittedPageIsTheGeneratedOne() throws IOException {
        assertThat(Files.readString(ROOT.resolve("docs/configuration.md")))
                .as("docs/configuration.md differs from the code: run ./magpie docs")
                .isEqualTo(ConfigurationPage.page());
    }

    @Test
    void theCommittedSampleIsTheGeneratedOne() throws IOException {
        assertThat(Files.readString(ROOT.resolve("magpie.yaml")))
                .as("magpie.yaml differs from the code: run ./magpie docs")
                .isEqualTo(ConfigurationPage.sample());
    }

    @Test
    void theSampleSetsNothingAndHoldsTheDefaults(@TempDir Path directory) throws IOException {
        var loader = new SettingsLoader(Map.of(), directory);
        Settings defaults = loader.load(CommandLine.parse());
        String sample = ConfigurationPage.sample();

        Files.writeString(directory.resolve("magpie.yaml"), sample);
        assertThat(loader.load(CommandLine.parse())).isEqualTo(defaults);

        String uncommented = Pattern.compile("\n")
                .splitAsStream(sample)
                .skip(2)
                .map(line -> line.startsWith("# ") ? line.substring(2) : line)
                .collect(Collectors.joining("\n"));
        Files.writeString(directory.resolve("magpie.yaml"), uncommented);
        assertThat(loader.load(CommandLine.parse())).isEqualTo(defaults);
    }
}

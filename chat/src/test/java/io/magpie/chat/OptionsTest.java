package io.magpie.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.client.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionsTest {
    @Test
    void readsFlags() throws Options.Misused {
        Options options = Options.parse(
                List.of("--server", "chat.example:9000", "--user", "ann", "--register", "--no-color"), null, false);
        assertThat(options.server()).hasToString("http://chat.example:9000");
        assertThat(options.register()).isTrue();
        assertThat(options.transport()).isEqualTo(Protocol.JSON);
        assertThat(Options.parse(List.of("--transport", "tcp"), null, false).transport())
                .isEqualTo(Protocol.TCP);
        assertThat(options.color()).isFalse();
        assertThat(options.dataOf("../ann")).endsWithRaw(Path.of(".._ann@chat.example_9000"));
    }

    @Test
    void saysWhatIsWrongInOneLine() {
        assertThatThrownBy(() -> Options.parse(List.of("--colour"), null, false))
                .hasMessage("--colour: no such option (see --help)");
        assertThatThrownBy(() -> Options.parse(List.of("--user"), null, false)).hasMessageContaining("--user: nothing");
        assertThatThrownBy(() -> Options.parse(List.of("--server", "ftp://x"), null, false))
                .hasMessageContaining("expected: http://HOST:PORT");
        assertThatThrownBy(() -> Options.parse(List.of("--transport", "smoke"), null, false))
                .hasMessage("--transport: smoke (expected: json, protobuf or tcp)");
    }

    @Test
    void theLoginIsKeptForItsOwnerOnly(@TempDir Path directory) throws IOException {
        KeptLogin login = new KeptLogin("ann", 7, "token");
        login.write(directory);
        login.write(directory);
        assertThat(KeptLogin.read(directory)).contains(login);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("login"))))
                .isEqualTo("rw-------");
    }
}

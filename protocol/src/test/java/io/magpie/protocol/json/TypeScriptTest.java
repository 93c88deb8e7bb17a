package io.magpie.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The types of the TypeScript client are those of the records and of what the codec makes of them. After a change:
/// `mvn -pl protocol -am test -Dtest=TypeScriptTest -Dsurefire.failIfNoSpecifiedTests=false
/// -DargLine=-Dtypescript=write`.
class TypeScriptTest {
    private static final Path FOLDER = Path.of("../web/client/src/protocol");

    @Test
    void framesAreThoseOfTheRecords() throws IOException {
        isWritten("frames.ts", TypeScriptFrames.write());
    }

    @Test
    void errorCodesAreThoseOfTheRegistry() throws IOException {
        isWritten("errors.ts", TypeScriptFrames.writeErrors());
    }

    private static void isWritten(String file, String expected) throws IOException {
        Path path = FOLDER.resolve(file);
        if ("write".equals(System.getenv("MAGPIE_TYPES"))) {
            Files.createDirectories(FOLDER);
            Files.writeString(path, expected);
        }
        assertThat(path).hasContent(expected);
    }
}

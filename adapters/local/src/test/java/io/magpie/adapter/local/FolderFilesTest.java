package io.magpie.adapter.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.core.file.FileStore;
import io.magpie.core.file.FileStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderFilesTest extends FileStoreContract {
    @TempDir
    private Path kept;

    @Override
    protected FileStore store() {
        return new FolderFiles(kept.resolve("files"));
    }

    @Test
    void namesAreNeverPaths() {
        for (String name : List.of("../../etc/passwd", "ab/../cd", "", "ABCDEF0123", "abcdefgh\0")) {
            assertThatThrownBy(() -> store().open(name, 0, 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store().delete(name)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aFolderIsKnownByItsMark() throws Exception {
        var other = new FolderFiles(kept.resolve("other"));
        try (var threads = Executors.newFixedThreadPool(8)) {
            var marks = threads.invokeAll(Collections.nCopies(8, () -> new FolderFiles(kept.resolve("files")).mark()));
            for (var mark : marks) {
                assertThat(mark.get()).isEqualTo(marks.getFirst().get()).isNotEqualTo(other.mark());
            }
        }
        try (var files = Files.walk(kept.resolve("files"))) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(1);
        }
    }

    @Test
    void onlyWholeFilesHaveNames() throws IOException {
        Path upload = Files.writeString(kept.resolve("upload"), "bytes");
        store().put("abcd0000", upload);
        try (var files = Files.walk(kept)) {
            assertThat(files.filter(Files::isRegularFile)).containsExactly(kept.resolve("files/ab/cd/abcd0000"));
        }
    }
}

package io.magpie.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.adapter.local.FolderFiles;
import io.magpie.core.file.SharedFolder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedFolderTest {
    @TempDir
    private Path kept;

    @Test
    void nodesAgreeOnTheFolderOfTheFirst() {
        try (var world = new World(kept.resolve("store"))) {
            var nodes = new SharedFolder(world.journal);
            assertThat(nodes.isOfAll(mark("a"))).isTrue();
            assertThat(nodes.isOfAll(mark("a"))).isTrue();
            assertThat(nodes.isOfAll(mark("b"))).isFalse();
            assertThat(nodes.isOfAll(mark("a"))).isTrue();
        }
    }

    private byte[] mark(String folder) {
        return new FolderFiles(kept.resolve(folder)).mark();
    }
}

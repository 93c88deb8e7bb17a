package io.magpie.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardingPartsTest {
    @Test
    void theyAreMissingWhereNothingWasBuilt(@TempDir Path folder) {
        assertThat(ShardingParts.find(null)).isEmpty();
        assertThat(ShardingParts.find(folder.resolve("nowhere").toString())).isEmpty();
        assertThat(ShardingParts.find(folder.toString())).isEmpty();
    }
}

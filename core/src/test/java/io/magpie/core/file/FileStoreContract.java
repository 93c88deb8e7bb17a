package io.magpie.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.core.store.StoreUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every [FileStore] must do.
public abstract class FileStoreContract {
    private static final int LARGE = 9 << 20;

    @TempDir
    private Path folder;

    protected abstract FileStore store();

    private static byte[] bytes(int length, int seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static String name(int seed) {
        byte[] hash = new byte[32];
        new Random(seed).nextBytes(hash);
        return HexFormat.of().formatHex(hash);
    }

    private void put(String hash, byte[] bytes) throws IOException {
        Path file = java.nio.file.Files.createTempFile(folder, "upload", "");
        store().put(hash, java.nio.file.Files.write(file, bytes));
    }

    private byte[] read(String hash, long from, long length) throws IOException {
        try (InputStream in = store().open(hash, from, length)) {
            return in.readAllBytes();
        }
    }

    @Test
    void keepsBytesAndAnyPartOfThem() throws IOException {
        byte[] bytes = bytes(100_000, 1);
        put(name(1), bytes);
        assertThat(read(name(1), 0, 100_000)).isEqualTo(bytes);
        assertThat(read(name(1), 50_000, 10)).isEqualTo(Arrays.copyOfRange(bytes, 50_000, 50_010));
        assertThat(read(name(1), 99_999, 1)).isEqualTo(Arrays.copyOfRange(bytes, 99_999, 100_000));
    }

    @Test
    void largeOnesGoThroughInParts() throws IOException {
        byte[] bytes = bytes(LARGE, 2);
        put(name(2), bytes);
        assertThat(Arrays.equals(read(name(2), 0, LARGE), bytes)).isTrue();
        try (InputStream in = store().open(name(2), 0, LARGE)) {
            assertThat(in.readNBytes(5)).isEqualTo(Arrays.copyOf(bytes, 5));
        }
    }

    @Test
    void theSameTwiceIsTheSameOnce() throws IOException {
        byte[] bytes = bytes(1000, 3);
        put(name(3), bytes);
        put(name(3), bytes);
        assertThat(read(name(3), 0, 1000)).isEqualTo(bytes);
        store().delete(name(3));
        assertThatThrownBy(() -> read(name(3), 0, 1000)).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void manyMayBringTheSameAtOnce() throws Exception {
        byte[] bytes = bytes(300_000, 4);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var puts = IntStream.range(0, 16)
                    .mapToObj(i -> threads.submit((Callable<Boolean>) () -> {
                        put(name(4), bytes);
                        return Arrays.equals(read(name(4), 0, bytes.length), bytes);
                    }))
                    .toList();
            for (Future<Boolean> put : puts) {
                assertThat(put.get()).isTrue();
            }
        }
    }

    @Test
    void whatIsNotThereIsAFaultAndDeletingItIsNone() {
        assertThatThrownBy(() -> store().open(name(5), 0, 1)).isInstanceOf(StoreUnavailableException.class);
        store().delete(name(5));
    }

    @Test
    void whatWasDeletedCanComeBack() throws IOException {
        put(name(6), bytes(10, 6));
        store().delete(name(6));
        put(name(6), bytes(10, 6));
        assertThat(read(name(6), 2, 3)).isEqualTo(Arrays.copyOfRange(bytes(10, 6), 2, 5));
    }
}

package io.magpie.core.file;

import io.magpie.core.log.LogFixture;
import io.magpie.core.storage.Edits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/// Words for tests of files.
abstract class FilesFixture extends LogFixture {
    static final Media PICTURE = Media.image("image/png", 640, 400, "LEHV6nWB2yk8");

    final StoredFile upload(long owner, String hash, long size, Media media, long origin) {
        return edit(edits -> {
            edits.bring(hash, size, NOW);
            return edits.insert(new NewFile(owner, hash, size, "a name", media, origin), NOW);
        });
    }

    final StoredFile picture(long owner) {
        return upload(owner, "aa", 10, PICTURE, 0);
    }

    final <T> T edit(Function<Files.Edits, T> work) {
        List<T> result = new ArrayList<>();
        Edits.in(ports(), tx -> {
            result.clear();
            result.add(work.apply(tx.on(Files.Edits.class)));
        });
        return result.getFirst();
    }

    final boolean does(Predicate<Files.Edits> work) {
        return edit(work::test);
    }
}

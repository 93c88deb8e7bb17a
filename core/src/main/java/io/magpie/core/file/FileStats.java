package io.magpie.core.file;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// Counts of uploads and downloads. Any thread.
public final class FileStats {
    final LongAdder uploads = new LongAdder();
    final LongAdder uploadedBytes = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder broken = new LongAdder();
    final LongAdder downloads = new LongAdder();
    final AtomicInteger uploading = new AtomicInteger();

    /// Uploads that became a file.
    public long uploads() {
        return uploads.sum();
    }

    /// What they held.
    public long uploadedBytes() {
        return uploadedBytes.sum();
    }

    /// Uploads refused: too large, broken, over the quota, too many.
    public long refused() {
        return refused.sum();
    }

    /// Uploads whose sender went away or was too slow.
    public long broken() {
        return broken.sum();
    }

    /// Files opened for reading.
    public long downloads() {
        return downloads.sum();
    }

    /// Uploads under way.
    public int uploading() {
        return uploading.get();
    }
}

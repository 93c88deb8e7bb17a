package io.magpie.bench.replay;

/// A bar that fills.
final class ProgressBar {
    private static final int WIDTH = 24;

    private ProgressBar() {}

    static String of(long done, long all) {
        int filled = all == 0 ? WIDTH : Math.clamp(done * WIDTH / all, 0, WIDTH);
        return "[" + "#".repeat(filled) + "-".repeat(WIDTH - filled) + "]";
    }
}

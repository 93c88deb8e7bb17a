package io.magpie.bench.load;

/// What a round measures, and how it is written.
public enum Figure {
    PER_SECOND("per second", "per s", "%,.0f"),
    CPU_PER_MILLION("server CPU seconds per million", "CPU s/M", "%.1f"),
    P50("median latency, ms", "p50 ms", "%.2f"),
    P99("99th percentile, ms", "p99 ms", "%.2f"),
    P999("99.9th percentile, ms", "p99.9 ms", "%.2f"),
    MAX("longest, ms", "max ms", "%.1f"),
    RESIDENT("resident memory of the server, MB", "RSS MB", "%.0f"),
    GC_SHARE("share of the time in garbage collection, %", "GC %", "%.2f"),
    KB_PER_CONNECTION("resident memory per idle connection, KB", "KB/conn", "%.2f"),
    HEAP_KB_PER_CONNECTION("of it live heap, KB", "heap KB/conn", "%.2f"),
    START_SECONDS("start to ready, s", "start s", "%.2f"),
    START_CPU("CPU seconds until ready", "CPU s", "%.2f");

    private final String title;
    private final String column;
    private final String format;

    Figure(String title, String column, String format) {
        this.title = title;
        this.column = column;
        this.format = format;
    }

    public String title() {
        return title;
    }

    /// Short enough for the head of a column.
    public String column() {
        return column;
    }

    public String text(double value) {
        return Double.isFinite(value) ? String.format(java.util.Locale.ROOT, format, value) : "–";
    }
}

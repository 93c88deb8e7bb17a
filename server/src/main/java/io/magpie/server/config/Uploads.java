package io.magpie.server.config;

/// What people may upload.
public record Uploads(
        @Setting(
                value = "The largest picture in bytes; a larger one is answered `too-large`.",
                initial = "20971520",
                min = 1_024,
                max = 1_073_741_824)
        long imageBytes,

        @Setting(
                value = "The most pixels of a picture, known before it is decoded. Pictures at work take at most a "
                        + "third of the heap together; one that needs more by itself is refused as well.",
                initial = "50000000",
                min = 10_000,
                max = 500_000_000)
        long imagePixels,

        @Setting(
                value = "The largest sound in bytes: a voice message, or music.",
                initial = "20971520",
                min = 1_024,
                max = 5_368_709_120L)
        long audioBytes,

        @Setting(value = "The largest film in bytes.", initial = "209715200", min = 1_024, max = 5_368_709_120L)
        long videoBytes,

        @Setting(
                value = "The largest file of any other kind in bytes.",
                initial = "104857600",
                min = 1_024,
                max = 5_368_709_120L)
        long otherBytes,

        @Setting(
                value = "What one user may keep in bytes; 0 is without limit. What nothing uses any more stops "
                        + "counting when it is deleted.",
                initial = "10737418240")
        long quotaBytes,

        @Setting(
                value = "How many hours an upload that no entry carries and that is nobody's picture is kept: not sent "
                        + "yet, recalled, or its entry deleted as too old.",
                initial = "24",
                min = 1,
                max = 8_760)
        int unusedHours) {}

package io.magpie.server.config;

import org.jspecify.annotations.Nullable;

/// For `transcription: baidu`, which takes recordings of at most a minute. Other formats than WAV of 16 kHz need the
/// program [#ffmpeg].
public record Baidu(
        @Setting("The API key of the application; `file:PATH` reads it from a file.") @Nullable
        Secret apiKey,

        @Setting("The secret key of the application; `file:PATH` reads it from a file.") @Nullable
        Secret secretKey,

        @Setting(
                value = "Where short speech is recognised.",
                initial = "https://vop.baidu.com/server_api",
                pattern = "https?://[^/\\s]+(/\\S*)?",
                expected = "a URL as in https://vop.baidu.com/server_api")
        String url,

        @Setting(
                value = "Where access tokens come from.",
                initial = "https://aip.baidubce.com/oauth/2.0/token",
                pattern = "https?://[^/\\s]+(/\\S*)?",
                expected = "a URL as in https://aip.baidubce.com/oauth/2.0/token")
        String tokenUrl,

        @Setting(
                value = "The language model, `dev_pid`: 1537 is Mandarin, 1737 English, 1637 Cantonese.",
                initial = "1537",
                min = 1)
        int model,

        @Setting(
                value = "The program that converts recordings, by name or path.",
                initial = "ffmpeg",
                pattern = "[^\\s].{0,1023}",
                expected = "a name or a path")
        String ffmpeg,

        @Setting(value = "How long one request may take.", initial = "60000", min = 1_000, max = 600_000)
        long timeoutMs) {}

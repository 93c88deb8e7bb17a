package io.magpie.server.config;

import org.jspecify.annotations.Nullable;

/// For `transcription: openai`.
public record OpenAi(
        @Setting(
                value = "Where the service is; `/v1/audio/transcriptions` is added.",
                initial = "https://api.openai.com",
                pattern = "https?://[^/\\s]+(/\\S*)?",
                expected = "a URL as in https://api.openai.com")
        String url,

        @Setting(value = "The key, for services that want one; `file:PATH` reads it from a file.") @Nullable
        Secret key,

        @Setting(
                value = "The model, by the name that the service gives it.",
                initial = "whisper-1",
                pattern = "[0-9A-Za-z._:/-]{1,128}",
                expected = "a name of 1 to 128 letters, digits, dots, dashes, slashes, colons or underscores")
        String model,

        @Setting(
                value = "The language that is spoken, as in `zh` or `en`; without it the service finds out.",
                pattern = "[a-z]{2,3}",
                expected = "a language code of two or three letters")
        @Nullable
        String language,

        @Setting(value = "How long one recording may take.", initial = "60000", min = 1_000, max = 600_000)
        long timeoutMs) {}

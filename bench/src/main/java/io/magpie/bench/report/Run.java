package io.magpie.bench.report;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Everything one call of the bench has found. Its JSON is for programs, and for reports made later.
///
/// @param began in UTC, as ISO 8601 says it
/// @param command as it was typed
public record Run(String began, String command, Machine machine, List<Result> results) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public boolean clean() {
        return results.stream().allMatch(Result::clean);
    }

    public String json() {
        return JSON.writeValueAsString(this) + "\n";
    }

    /// @throws IllegalArgumentException if it is not the JSON of a run
    public static Run parse(String json) {
        try {
            return JSON.readValue(json, Run.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("run: " + e.getOriginalMessage() + " (expected: what --json wrote)", e);
        }
    }
}

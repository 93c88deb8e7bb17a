package io.magpie.e2e.harness;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Objects written as `"field", value, "field", value`.
final class Requests {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Requests() {}

    static Map<String, Object> object(Object... fieldsAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < fieldsAndValues.length; i += 2) {
            object.put((String) fieldsAndValues[i], fieldsAndValues[i + 1]);
        }
        return object;
    }

    static String text(Map<String, Object> object) {
        return JSON.writeValueAsString(object);
    }

    static JsonNode parsed(String text) {
        return JSON.readTree(text);
    }
}

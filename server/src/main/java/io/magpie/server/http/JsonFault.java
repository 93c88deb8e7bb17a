package io.magpie.server.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;

/// Says what is wrong with a body and where, without repeating it.
final class JsonFault {
    private JsonFault() {}

    static String describe(@Nullable Throwable cause) {
        return switch (cause) {
            case MismatchedInputException mismatch ->
                path(mismatch) + ": wrong type (expected: " + expected(mismatch.getTargetType()) + ")";
            case StreamReadException unreadable
            when unreadable.getPath().isEmpty() -> "body: not JSON" + place(unreadable);
            case JacksonException other -> path(other) + ": not readable" + place(other);
            case null, default -> "body: missing or not readable (expected: a JSON object)";
        };
    }

    private static String path(JacksonException fault) {
        var path = new StringBuilder();
        for (JacksonException.Reference step : fault.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.isEmpty() ? "body" : path.toString();
    }

    private static String place(JacksonException fault) {
        var place = fault.getLocation();
        return place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == String.class) {
            return "text";
        }
        if (type == Long.class || type == long.class || type == Integer.class || type == int.class) {
            return "a whole number";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        return type != null && List.class.isAssignableFrom(type) ? "a list" : "an object";
    }
}

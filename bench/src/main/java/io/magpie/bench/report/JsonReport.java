package io.magpie.bench.report;

import io.magpie.bench.load.Measured;
import io.magpie.bench.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// All rounds of a run as JSON.
final class JsonReport {
    private JsonReport() {}

    static String of(String title, Map<String, List<Measured>> rounds) {
        String servers = rounds.entrySet().stream()
                .map(server -> "  " + Json.quote(server.getKey()) + ": [\n"
                        + server.getValue().stream()
                                .map(measured -> "    " + round(measured))
                                .collect(Collectors.joining(",\n"))
                        + "\n  ]")
                .collect(Collectors.joining(",\n"));
        return "{\n\"title\": " + Json.quote(title) + ",\n\"servers\": {\n" + servers + "\n}\n}\n";
    }

    private static String round(Measured m) {
        Measured.Counts counts = m.counts();
        String complaint = m.complaint();
        return "{\"perSecond\":" + number(m.perSecond())
                + ",\"cpuPerMillion\":" + number(m.cpuPerMillion())
                + ",\"p50Ms\":" + number(m.p50Millis())
                + ",\"p99Ms\":" + number(m.p99Millis())
                + ",\"residentMb\":" + number(m.residentMegabytes())
                + ",\"sent\":" + counts.sent()
                + ",\"acknowledged\":" + counts.acknowledged()
                + ",\"received\":" + counts.received()
                + ",\"lost\":" + counts.lost()
                + ",\"duplicate\":" + counts.duplicate()
                + ",\"disordered\":" + counts.disordered()
                + ",\"refused\":" + counts.refused()
                + ",\"unanswered\":" + counts.unanswered()
                + ",\"disconnected\":" + counts.disconnected()
                + ",\"complaint\":" + (complaint == null ? "null" : Json.quote(complaint)) + "}";
    }

    private static String number(double number) {
        return Double.isFinite(number) ? Double.toString(number) : "null";
    }
}

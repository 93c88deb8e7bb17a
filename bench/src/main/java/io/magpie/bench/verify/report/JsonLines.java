package io.magpie.bench.verify.report;

import io.magpie.bench.verify.history.History;
import io.magpie.bench.verify.history.Line;
import io.magpie.bench.verify.history.What;
import io.magpie.bench.verify.history.Where;
import io.magpie.bench.wire.Json;
import io.magpie.core.command.Command;
import io.magpie.core.command.Request;
import io.magpie.protocol.json.JsonCodec;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A history as a file with one JSON object per line; frames are as they were on the wire.
public final class JsonLines {
    private final JsonCodec codec = new JsonCodec();

    public void write(History history, Path file) throws IOException {
        try (Writer out = Files.newBufferedWriter(file)) {
            for (Line line : history.lines()) {
                out.write("{\"atMicros\":" + line.at() + "," + fields(line) + "}\n");
            }
        }
    }

    private String fields(Line line) {
        return switch (line) {
            case Line.Seen seen -> where(seen.where()) + "," + what(seen.what());
            case Line.Fault fault ->
                "\"fault\":" + Json.quote(fault.fault()) + ",\"target\":" + Json.quote(fault.target()) + ",\"begins\":"
                        + fault.begins();
            case Line.Milestone milestone ->
                "\"milestone\":" + Json.quote(milestone.phase().name());
        };
    }

    private static String where(Where where) {
        return "\"device\":" + Json.quote(where.device()) + ",\"user\":" + where.user() + ",\"node\":"
                + Json.quote(where.node()) + ",\"session\":" + where.session();
    }

    private String what(What what) {
        return switch (what) {
            case What.Online _ -> "\"online\":true";
            case What.CaughtUp _ -> "\"caughtUp\":true";
            case What.Offline offline -> "\"online\":false,\"why\":" + Json.quote(offline.why());
            case What.Asked asked -> "\"asked\":" + request(asked.request(), asked.command());
            case What.Answered answered ->
                "\"answered\":" + text(codec.encodeReply(Long.toString(answered.request()), answered.reply()));
            case What.Unanswered unanswered ->
                "\"unanswered\":" + request(unanswered.request(), unanswered.command()) + ",\"why\":"
                        + Json.quote(unanswered.why());
            case What.Pushed pushed -> "\"pushed\":" + text(codec.encodeEvent(pushed.event()));
            case What.Reading reading -> "\"reading\":" + reading.active();
            case What.Called called ->
                "\"called\":" + Json.quote(called.call()) + ",\"outcome\":" + Json.quote(called.outcome());
        };
    }

    private String request(long id, Command command) {
        return text(codec.encodeRequest(new Request(Long.toString(id), command)));
    }

    private static String text(byte[] frame) {
        return new String(frame, StandardCharsets.UTF_8);
    }
}

package io.magpie.bench.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the server promised and what each device got, by the clients' own records; says whether the one fits the
/// other.
///
/// A message is told apart by its digest: of sender, client id and text. Whoever records must see to it that
/// different messages have different ones (see [Digest]). Thread-safe.
public final class History {
    private final Map<String, Map<Long, Long>> promised = new HashMap<>();
    private final Map<String, Map<Long, Long>> seqByDigest = new HashMap<>();
    private final Map<String, DeviceRecord> devices = new LinkedHashMap<>();
    private final List<String> contradictions = new ArrayList<>();
    private long acknowledgements;

    /// A `sent`: this message is in the log at `seq`. Repeats of a message must be told as well: they may contradict
    /// each other.
    public synchronized void acknowledged(String conversation, long seq, long digest) {
        acknowledgements++;
        Long other =
                promised.computeIfAbsent(conversation, _ -> new HashMap<>()).putIfAbsent(seq, digest);
        if (other != null && other != digest) {
            contradictions.add(conversation + ":" + seq + " was promised to two messages");
        }
        Long before =
                seqByDigest.computeIfAbsent(conversation, _ -> new HashMap<>()).putIfAbsent(digest, seq);
        if (before != null && before != seq) {
            contradictions.add(conversation + ": a message was promised " + before + " and then " + seq);
        }
    }

    /// The record of one device, new if it is not known. What a device reads anew from the start, as after a
    /// restart of the server or as another device would, belongs into a record of its own.
    public synchronized DeviceRecord device(String name) {
        return devices.computeIfAbsent(name, _ -> new DeviceRecord());
    }

    /// How many messages of a conversation have been promised.
    public synchronized int promises(String conversation) {
        return promised.getOrDefault(conversation, Map.of()).size();
    }

    /// Holds every device against every promise of `conversation`, and the devices against each other.
    ///
    /// @param members the devices that had to get all of it
    public synchronized Verdict verdict(String conversation, List<String> members) {
        Map<Long, Long> expected = promised.getOrDefault(conversation, Map.of());
        Map<Long, Long> seen = new HashMap<>(expected);
        Verdict verdict = Verdict.NOTHING;
        for (String member : members) {
            DeviceRecord record = devices.get(member);
            verdict = verdict.plus(
                    record == null ? Verdict.absent(expected.size()) : record.verdict(conversation, expected, seen));
        }
        return verdict;
    }

    /// Promises that cannot both be kept, in words.
    public synchronized List<String> contradictions() {
        return List.copyOf(contradictions);
    }

    public synchronized long acknowledgements() {
        return acknowledgements;
    }
}

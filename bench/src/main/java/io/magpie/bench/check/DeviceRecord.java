package io.magpie.bench.check;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What one device got, in the order in which it got it: sixteen bytes per entry. Thread-safe.
public final class DeviceRecord {
    private static final class Received {
        private long[] seqs = new long[64];
        private long[] digests = new long[64];
        private int size;

        void add(long seq, long digest) {
            if (size == seqs.length) {
                seqs = Arrays.copyOf(seqs, size * 2);
                digests = Arrays.copyOf(digests, size * 2);
            }
            seqs[size] = seq;
            digests[size++] = digest;
        }
    }

    private final Map<String, Received> conversations = new HashMap<>();

    DeviceRecord() {}

    /// An entry came.
    ///
    /// @param digest [Digest#NONE] for one that is no message
    public synchronized void received(String conversation, long seq, long digest) {
        conversations.computeIfAbsent(conversation, _ -> new Received()).add(seq, digest);
    }

    public synchronized int size(String conversation) {
        Received received = conversations.get(conversation);
        return received == null ? 0 : received.size;
    }

    /// @param expected digests by seq
    /// @param agreed what earlier devices got at each seq; grows
    synchronized Verdict verdict(String conversation, Map<Long, Long> expected, Map<Long, Long> agreed) {
        Received received = conversations.getOrDefault(conversation, new Received());
        Set<Long> seqs = new HashSet<>();
        Set<Long> messages = new HashSet<>();
        long duplicates = 0;
        long disordered = 0;
        long altered = 0;
        long highest = 0;
        for (int i = 0; i < received.size; i++) {
            long seq = received.seqs[i];
            long digest = received.digests[i];
            if (!seqs.add(seq) || (digest != Digest.NONE && !messages.add(digest))) {
                duplicates++;
            } else if (seq < highest) {
                disordered++;
            }
            highest = Math.max(highest, seq);
            Long other = agreed.putIfAbsent(seq, digest);
            altered += other != null && other != digest ? 1 : 0;
        }
        long missing =
                expected.keySet().stream().filter(seq -> !seqs.contains(seq)).count();
        return new Verdict(messages.size(), missing, duplicates, disordered, altered, holes(seqs, expected));
    }

    /// Seqs without an entry between the first and the last, other than promised ones, which count as missing.
    private static long holes(Set<Long> seqs, Map<Long, Long> expected) {
        long lowest = seqs.stream().mapToLong(Long::longValue).min().orElse(1);
        long highest = seqs.stream().mapToLong(Long::longValue).max().orElse(0);
        long holes = 0;
        for (long seq = lowest; seq <= highest; seq++) {
            holes += seqs.contains(seq) || expected.containsKey(seq) ? 0 : 1;
        }
        return holes;
    }
}

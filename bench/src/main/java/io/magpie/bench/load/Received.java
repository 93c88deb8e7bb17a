package io.magpie.bench.load;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What one device has got: which message of which stream, in the order it came. One thread.
interface Received {
    /// @param conversation and `seq` are the server's own words for the place; -1 if it has none
    /// @return whether it is to be counted
    boolean add(String conversation, long seq, int stream, long counter);

    /// Everything, by stream.
    Map<Integer, Sequence> byStream();

    /// Of a device that is connected all the time: whatever comes again is one too many.
    final class Once implements Received {
        private final Map<Integer, Sequence> streams = new HashMap<>();

        @Override
        public boolean add(String conversation, long seq, int stream, long counter) {
            streams.computeIfAbsent(stream, _ -> new Sequence()).see(counter);
            return true;
        }

        @Override
        public Map<Integer, Sequence> byStream() {
            return streams;
        }
    }

    /// Of a device that comes and goes. It knows its entries by conversation and seq and takes each once; what it
    /// checks is the log that results.
    final class Held implements Received {
        private final Map<String, Log> logs = new HashMap<>();
        private final Once placeless = new Once();

        @Override
        public boolean add(String conversation, long seq, int stream, long counter) {
            if (seq < 0) {
                return placeless.add(conversation, seq, stream, counter);
            }
            return logs.computeIfAbsent(conversation, _ -> new Log()).add(seq, stream, counter);
        }

        @Override
        public Map<Integer, Sequence> byStream() {
            Map<Integer, Sequence> streams = new HashMap<>(placeless.byStream());
            for (Log log : logs.values()) {
                List<Log.Place> places = log.inOrder();
                places.forEach(place -> streams.computeIfAbsent(place.stream(), _ -> new Sequence())
                        .see(place.counter()));
            }
            return streams;
        }
    }
}

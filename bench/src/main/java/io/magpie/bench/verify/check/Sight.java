package io.magpie.bench.verify.check;

import io.magpie.bench.verify.history.Line;
import io.magpie.bench.verify.history.What;
import io.magpie.core.log.Entry;

/// An entry as a device was shown it.
record Sight(Line.Seen line, Entry entry) {
    boolean pushed() {
        return line.what() instanceof What.Pushed;
    }
}

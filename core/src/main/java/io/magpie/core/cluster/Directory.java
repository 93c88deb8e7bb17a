package io.magpie.core.cluster;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/// Port: which nodes hold live sessions of which users, and which hold online members of which groups. Rows
/// belong to the incarnation that added them; withdrawing or forgetting those of one never touches those of
/// another. A row may outlive its node until somebody forgets it, so the reader leaves out what it knows to be
/// dead.
///
/// When `add` returned, every later `find` anywhere finds the rows (register, then sync). Each call costs
/// a round trip or two per thousand ids. **Thread.** May block for a second or two; `add`,
/// `remove` and `intact` are called by one thread at a time, `find` and `forget` by any.
public interface Directory extends AutoCloseable {
    /// This node holds these now. Repeating it does nothing.
    ///
    /// @throws UnavailableException if the engine does not answer; the rows may be there or not
    void add(Collection<Long> users, Collection<Long> groups);

    /// This node does not hold these any more.
    ///
    /// @throws UnavailableException if the engine does not answer; the rows may be there or not
    void remove(Collection<Long> users, Collection<Long> groups);

    /// Who holds these, but for this incarnation; users and groups without a row are left out.
    ///
    /// @throws UnavailableException if the engine does not answer
    Found find(Collection<Long> users, Collection<Long> groups);

    /// False if the engine may have lost rows of this node since the last call: the caller adds all of them
    /// again.
    ///
    /// @throws UnavailableException if the engine does not answer
    boolean intact();

    /// The incarnations that have rows, those of nodes long gone included.
    ///
    /// @throws UnavailableException if the engine does not answer
    Set<Incarnation> holders();

    /// Removes the rows of a node that died. Every survivor may call it, at the same time and repeatedly.
    ///
    /// @return the users whose rows were still there
    /// @throws UnavailableException if the engine does not answer
    Set<Long> forget(Incarnation dead);

    @Override
    void close();

    record Found(Map<Long, Set<Incarnation>> users, Map<Long, Set<Incarnation>> groups) {
        public static final Found NOBODY = new Found(Map.of(), Map.of());
    }

    /// The engine behind the directory does not answer now.
    final class UnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1;

        public UnavailableException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}

package io.magpie.core.file;

import io.magpie.core.journal.Journal;
import java.util.Arrays;

/// Nodes that keep files in folders must keep them in one, or what is uploaded to a node can be read there only. The
/// folder of the node that looks first is the one of all; any other is found out. Blocks.
public final class SharedFolder {
    private final Journal journal;

    public SharedFolder(Journal journal) {
        this.journal = journal;
    }

    /// @param mark what tells this node's folder from any other
    /// @return whether the folder is the one of all nodes
    public boolean isOfAll(byte[] mark) {
        byte[] agreed = journal.share(tx -> tx.on(Files.Edits.class).agreed(Files.Agreed.FOLDER, mark));
        return Arrays.equals(mark, agreed);
    }
}

package io.magpie.bench.load;

import java.util.List;

/// Makes groups on a Magpie server. May block.
public interface MagpieGroups {
    /// @param token of the owner
    /// @param members without the owner
    /// @return the group's id
    long create(String token, List<Long> members);
}

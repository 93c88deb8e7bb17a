package io.magpie.adapter.sharding;

import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.EntryShelf;
import io.magpie.core.log.ShelfOpener;

/// What the server finds when `history.in` is `sharded`.
public final class ShardedShelfOpener implements ShelfOpener {
    @Override
    public EntryShelf open(Shards shards, BodyCodec codec) {
        return ShardedShelf.open(shards, codec);
    }
}

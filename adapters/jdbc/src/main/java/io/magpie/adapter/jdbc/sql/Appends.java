package io.magpie.adapter.jdbc.sql;

import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Draft;
import java.util.List;

/// How an engine commits batches to the log.
public interface Appends {
    List<AppendResult> append(List<Draft> batch, long now);
}

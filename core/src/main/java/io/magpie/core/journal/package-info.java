/// The one way to write: commit, answer, deliver.
@NullMarked
package io.magpie.core.journal;

import org.jspecify.annotations.NullMarked;

/// Files that people upload: what they are, who may read them, where their bytes are.
@NullMarked
package io.magpie.core.file;

import org.jspecify.annotations.NullMarked;

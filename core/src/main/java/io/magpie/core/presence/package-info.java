/// Who is online, for those who watch.
@NullMarked
package io.magpie.core.presence;

import org.jspecify.annotations.NullMarked;

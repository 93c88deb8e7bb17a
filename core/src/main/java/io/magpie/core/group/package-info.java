/// Groups: their settings, their members, who may change what.
@NullMarked
package io.magpie.core.group;

import org.jspecify.annotations.NullMarked;

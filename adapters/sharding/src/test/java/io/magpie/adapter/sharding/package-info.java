@NullMarked
package io.magpie.adapter.sharding;

import org.jspecify.annotations.NullMarked;

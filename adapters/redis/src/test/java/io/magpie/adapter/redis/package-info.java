@NullMarked
package io.magpie.adapter.redis;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.magpie.adapter.mongo;

import org.jspecify.annotations.NullMarked;

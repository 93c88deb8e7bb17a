@NullMarked
package io.magpie.cluster.command;

import org.jspecify.annotations.NullMarked;

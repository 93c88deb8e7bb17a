/// The cluster of one node: bus, directory and registry that need nothing installed.
@NullMarked
package io.magpie.adapter.local;

import org.jspecify.annotations.NullMarked;

/// The registry of nodes on Nacos.
@NullMarked
package io.magpie.adapter.nacos;

import org.jspecify.annotations.NullMarked;

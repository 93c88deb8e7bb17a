/// Bus, directory and registry on one Redis (standalone or behind Sentinel), by Lettuce. Redis holds nothing
/// that the nodes cannot tell it again.
@NullMarked
package io.magpie.adapter.redis;

import org.jspecify.annotations.NullMarked;

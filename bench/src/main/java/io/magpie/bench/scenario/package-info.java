/// Ways of using a server: each run of a scenario is one round.
@NullMarked
package io.magpie.bench.scenario;

import org.jspecify.annotations.NullMarked;

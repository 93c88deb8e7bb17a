/// What a run found, for people and for programs.
@NullMarked
package io.magpie.bench.report;

import org.jspecify.annotations.NullMarked;

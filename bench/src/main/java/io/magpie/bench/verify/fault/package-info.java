/// What is done to nodes and engines, and when.
@NullMarked
package io.magpie.bench.verify.fault;

import org.jspecify.annotations.NullMarked;

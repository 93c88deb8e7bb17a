/// A run on paper: text, HTML, JSON.
@NullMarked
package io.magpie.bench.verify.report;

import org.jspecify.annotations.NullMarked;

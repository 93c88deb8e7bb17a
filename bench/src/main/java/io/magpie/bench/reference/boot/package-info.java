/// A bare Spring Boot web application, on a class path of its own.
@NullMarked
package io.magpie.bench.reference.boot;

import org.jspecify.annotations.NullMarked;

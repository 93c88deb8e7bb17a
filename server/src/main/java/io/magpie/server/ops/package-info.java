/// What people who run a server at night look at: health, metrics, the API's own description, and the bounds of HTTP.
@NullMarked
package io.magpie.server.ops;

import org.jspecify.annotations.NullMarked;

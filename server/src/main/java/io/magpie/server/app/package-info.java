/// Serves the web app, if it was built.
@NullMarked
package io.magpie.server.app;

import org.jspecify.annotations.NullMarked;

/// The certificate of all ports, and its change while the server runs.
@NullMarked
package io.magpie.server.tls;

import org.jspecify.annotations.NullMarked;

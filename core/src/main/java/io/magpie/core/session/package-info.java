/// Live sessions: connections that said hello.
@NullMarked
package io.magpie.core.session;

import org.jspecify.annotations.NullMarked;

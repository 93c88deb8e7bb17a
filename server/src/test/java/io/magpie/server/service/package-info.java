/// Services on a real store.
@NullMarked
package io.magpie.server.service;

import org.jspecify.annotations.NullMarked;

/// What an operator does beside the running server: `./magpie admin`.
@NullMarked
package io.magpie.server.admin;

import org.jspecify.annotations.NullMarked;

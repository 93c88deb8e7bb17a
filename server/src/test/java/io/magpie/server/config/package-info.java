@NullMarked
package io.magpie.server.config;

import org.jspecify.annotations.NullMarked;

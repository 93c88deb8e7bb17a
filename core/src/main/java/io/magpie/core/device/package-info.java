/// Devices and their logins.
@NullMarked
package io.magpie.core.device;

import org.jspecify.annotations.NullMarked;

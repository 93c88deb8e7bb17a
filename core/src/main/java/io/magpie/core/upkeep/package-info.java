/// What a server does so that nothing grows for ever: old entries, ended logins, answered requests.
@NullMarked
package io.magpie.core.upkeep;

import org.jspecify.annotations.NullMarked;

/// The one switch over what a client may ask.
@NullMarked
package io.magpie.core.dispatch;

import org.jspecify.annotations.NullMarked;

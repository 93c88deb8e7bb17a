/// The screen as lines of styled text, computed from the state alone.
@NullMarked
package io.magpie.chat.view;

import org.jspecify.annotations.NullMarked;

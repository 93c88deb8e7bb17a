/// Text on a terminal: how wide it is, where it breaks, how it looks.
@NullMarked
package io.magpie.chat.text;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.magpie.chat.terminal;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.magpie.chat.text;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.magpie.chat;

import org.jspecify.annotations.NullMarked;

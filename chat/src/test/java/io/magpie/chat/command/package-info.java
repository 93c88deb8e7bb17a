@NullMarked
package io.magpie.chat.command;

import org.jspecify.annotations.NullMarked;

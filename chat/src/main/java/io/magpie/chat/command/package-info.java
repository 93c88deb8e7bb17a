/// What people type: commands, completion, emoji shortcodes.
@NullMarked
package io.magpie.chat.command;

import org.jspecify.annotations.NullMarked;

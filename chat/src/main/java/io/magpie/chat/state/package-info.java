/// What the chat knows: conversations, people, who is typing.
@NullMarked
package io.magpie.chat.state;

import org.jspecify.annotations.NullMarked;

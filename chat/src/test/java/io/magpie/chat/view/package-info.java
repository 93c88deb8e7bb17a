@NullMarked
package io.magpie.chat.view;

import org.jspecify.annotations.NullMarked;

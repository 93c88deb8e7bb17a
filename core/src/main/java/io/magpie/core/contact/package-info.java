/// Friends, friend requests and blocks.
@NullMarked
package io.magpie.core.contact;

import org.jspecify.annotations.NullMarked;

/// Who people are: how passwords are hashed, and the operator's identity provider.
@NullMarked
package io.magpie.server.identity;

import org.jspecify.annotations.NullMarked;

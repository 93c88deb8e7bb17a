/// Accounts, the devices logged in to them, and who a token belongs to.
@NullMarked
package io.magpie.core.account;

import org.jspecify.annotations.NullMarked;

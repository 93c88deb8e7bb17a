/// Push notifications handed to a web server of the operator's.
@NullMarked
package io.magpie.adapter.webhook;

import org.jspecify.annotations.NullMarked;

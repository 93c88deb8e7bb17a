/// News for members whose devices are away: the port to push-notification services, and who needs one.
@NullMarked
package io.magpie.core.push;

import org.jspecify.annotations.NullMarked;

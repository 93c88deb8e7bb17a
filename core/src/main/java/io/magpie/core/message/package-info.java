/// Who may send what where.
@NullMarked
package io.magpie.core.message;

import org.jspecify.annotations.NullMarked;

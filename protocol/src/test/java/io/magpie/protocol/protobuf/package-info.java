@NullMarked
package io.magpie.protocol.protobuf;

import org.jspecify.annotations.NullMarked;

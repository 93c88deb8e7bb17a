/// The JSON form of the protocol, both directions, and the JSON form in which stores keep bodies.
///
/// Reading: [FieldReader] streams a frame into a bag of [Fields], the `…Reader` classes build values from the bag.
/// Writing: the `…Writer` classes put values straight into the bytes of a [JsonWriter].
@NullMarked
package io.magpie.protocol.json;

import org.jspecify.annotations.NullMarked;

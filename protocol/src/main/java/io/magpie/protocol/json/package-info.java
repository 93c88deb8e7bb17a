/// The JSON form of the protocol, and the JSON form in which stores keep bodies.
///
/// Reading: [FieldReader] streams a frame into a bag of fields. Writing: values go straight into the bytes of a
/// [JsonWriter].
@NullMarked
package io.magpie.protocol.json;

import org.jspecify.annotations.NullMarked;

/// The protobuf form of the protocol: `magpie.proto`, whose descriptor is the one table of numbers and types here.
///
/// Frames are not taken through the generated classes: a [ProtobufReader] fills the same bag of fields that JSON fills,
/// so both forms have one set of rules, and a [ProtobufWriter] takes what a JSON writer takes.
@NullMarked
package io.magpie.protocol.protobuf;

import org.jspecify.annotations.NullMarked;

/// What every form of the protocol shares: the names of fields, the rules for their values with the sentences of
/// refusals, and which fields a frame has.
///
/// A form brings two things: something that reads its bytes into a bag of [Fields], and a [FrameWriter]. The `…Reader`
/// classes build values from the bag, the `…Writer` classes walk over values; [FrameCodec] puts it together.
@NullMarked
package io.magpie.protocol.frame;

import org.jspecify.annotations.NullMarked;

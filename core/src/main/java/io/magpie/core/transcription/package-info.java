/// What was said in voice messages, in writing.
@NullMarked
package io.magpie.core.transcription;

import org.jspecify.annotations.NullMarked;

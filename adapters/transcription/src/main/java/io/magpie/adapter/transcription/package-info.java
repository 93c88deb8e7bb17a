/// Voice to text by services on the web.
@NullMarked
package io.magpie.adapter.transcription;

import org.jspecify.annotations.NullMarked;

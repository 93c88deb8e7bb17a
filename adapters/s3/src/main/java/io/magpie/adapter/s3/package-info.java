/// Bytes of files in S3, or anything that speaks it.
@NullMarked
package io.magpie.adapter.s3;

import org.jspecify.annotations.NullMarked;

/** Bodies compressed by Zstandard. */
@NullMarked
package io.bowline.rpc.compression.zstd;

import org.jspecify.annotations.NullMarked;

/** Bodies compressed by LZ4. */
@NullMarked
package io.bowline.rpc.compression.lz4;

import org.jspecify.annotations.NullMarked;

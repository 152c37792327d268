/** What codecs share: how values are turned to text, taken apart, and made again. */
@NullMarked
package io.bowline.rpc.wire.value;

import org.jspecify.annotations.NullMarked;

/** Bytes: how values become bytes and back, and which types may. */
@NullMarked
package io.bowline.rpc.wire;

import org.jspecify.annotations.NullMarked;

/** The native protocol over Netty; {@code docs/protocol.md} is its specification. */
@NullMarked
package io.bowline.rpc.transport.netty;

import org.jspecify.annotations.NullMarked;

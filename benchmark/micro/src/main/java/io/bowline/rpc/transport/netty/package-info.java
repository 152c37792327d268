/** The transport's rooms are closed to other packages, so what measures them stands in theirs. */
@NullMarked
package io.bowline.rpc.transport.netty;

import org.jspecify.annotations.NullMarked;

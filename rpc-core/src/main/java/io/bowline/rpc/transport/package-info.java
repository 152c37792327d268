/** What carries messages between two processes, and what it carries. */
@NullMarked
package io.bowline.rpc.transport;

import org.jspecify.annotations.NullMarked;

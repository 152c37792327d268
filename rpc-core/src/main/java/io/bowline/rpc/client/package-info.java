/** The client: from a proxy to a connection. */
@NullMarked
package io.bowline.rpc.client;

import org.jspecify.annotations.NullMarked;

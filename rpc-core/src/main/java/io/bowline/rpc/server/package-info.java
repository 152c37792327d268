/** The server: from a connection to a service. */
@NullMarked
package io.bowline.rpc.server;

import org.jspecify.annotations.NullMarked;

/** The application's services, and the life of the server that offers them. */
@NullMarked
package io.bowline.rpc.spring.server;

import org.jspecify.annotations.NullMarked;

/** The application's client and what it is made of. */
@NullMarked
package io.bowline.rpc.spring.client;

import org.jspecify.annotations.NullMarked;

/** Transports as properties say: TLS with Spring Boot's SSL bundles, and compression. */
@NullMarked
package io.bowline.rpc.spring.transport;

import org.jspecify.annotations.NullMarked;

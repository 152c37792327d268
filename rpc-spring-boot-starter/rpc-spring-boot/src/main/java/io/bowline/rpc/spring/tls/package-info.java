/** TLS with Spring Boot's SSL bundles. */
@NullMarked
package io.bowline.rpc.spring.tls;

import org.jspecify.annotations.NullMarked;

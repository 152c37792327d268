/** What Spring Boot sets up when the starter is there; each part gives way to a bean of the application. */
@NullMarked
package io.bowline.rpc.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;

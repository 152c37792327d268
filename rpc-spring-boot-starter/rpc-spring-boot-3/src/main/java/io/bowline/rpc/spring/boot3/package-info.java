/** What moved between the lines of Spring Boot, for 3.5. */
@NullMarked
package io.bowline.rpc.spring.boot3;

import org.jspecify.annotations.NullMarked;

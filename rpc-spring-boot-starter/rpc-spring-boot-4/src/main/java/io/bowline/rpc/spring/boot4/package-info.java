/** What moved between the lines of Spring Boot, for 4.x. */
@NullMarked
package io.bowline.rpc.spring.boot4;

import org.jspecify.annotations.NullMarked;

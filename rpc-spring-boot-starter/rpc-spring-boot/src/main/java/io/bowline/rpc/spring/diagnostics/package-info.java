/** What Spring Boot says when an application cannot start: what is wrong, and what to do. */
@NullMarked
package io.bowline.rpc.spring.diagnostics;

import org.jspecify.annotations.NullMarked;

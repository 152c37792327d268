/** What Spring's processing ahead of time has to know. */
@NullMarked
package io.bowline.rpc.spring.aot;

import org.jspecify.annotations.NullMarked;

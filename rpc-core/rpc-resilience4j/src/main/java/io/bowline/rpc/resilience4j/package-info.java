/** Calls pass through the circuit breakers, rate limiters and bulkheads of resilience4j that an application already has. */
@NullMarked
package io.bowline.rpc.resilience4j;

import org.jspecify.annotations.NullMarked;

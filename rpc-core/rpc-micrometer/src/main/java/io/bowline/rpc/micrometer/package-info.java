/** Metrics of calls in a Micrometer registry, and calls as observations, for tracing. */
@NullMarked
package io.bowline.rpc.micrometer;

import org.jspecify.annotations.NullMarked;

/** Elements a second through one stream, beside gRPC-Java. */
@NullMarked
package io.bowline.benchmark.streams;

import org.jspecify.annotations.NullMarked;

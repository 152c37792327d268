/** Streams for those who have iterators and files: publishers from what can be read, and readers of publishers that wait. */
@NullMarked
package io.bowline.rpc.stream;

import org.jspecify.annotations.NullMarked;

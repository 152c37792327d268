/**
 * Streams. For those who have iterators and files, {@link Streams}: publishers from what can be read, and readers of publishers
 * that wait. For the engines of both sides: what a peer sends as values, and what somebody publishes as messages.
 */
@NullMarked
package io.bowline.rpc.stream;

import org.jspecify.annotations.NullMarked;

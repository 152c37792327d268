/** Runs the peers in turn, keeps what they measured, and writes the report; knows none of them. */
@NullMarked
package io.bowline.benchmark.runner;

import org.jspecify.annotations.NullMarked;

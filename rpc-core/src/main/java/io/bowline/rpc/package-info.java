/** The vocabulary of a call: what a request, a response and a failure are, and the function between them. */
@NullMarked
package io.bowline.rpc;

import org.jspecify.annotations.NullMarked;

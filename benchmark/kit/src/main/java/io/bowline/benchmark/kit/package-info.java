/** What a peer implements, the payload that all carry, and the two processes that run a peer. */
@NullMarked
package io.bowline.benchmark.kit;

import org.jspecify.annotations.NullMarked;

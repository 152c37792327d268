/** Names in properties and annotations, and what they stand for: beans first, then what is on the class path. */
@NullMarked
package io.bowline.rpc.spring.names;

import org.jspecify.annotations.NullMarked;

/** The first service: what people call. */
@NullMarked
package io.bowline.examples.chain.order;

import org.jspecify.annotations.NullMarked;

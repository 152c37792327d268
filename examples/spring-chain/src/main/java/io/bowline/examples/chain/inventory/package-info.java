/** The second service: it holds the goods, and has them paid. */
@NullMarked
package io.bowline.examples.chain.inventory;

import org.jspecify.annotations.NullMarked;

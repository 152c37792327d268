/** Order, inventory and payment: one call through three services. This package holds their contracts and starts them. */
@NullMarked
package io.bowline.examples.chain;

import org.jspecify.annotations.NullMarked;

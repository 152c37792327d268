/** The third service. */
@NullMarked
package io.bowline.examples.chain.payment;

import org.jspecify.annotations.NullMarked;

/** The quickstart's provider and consumer, found through a real Nacos server. */
@NullMarked
package io.bowline.examples.nacos;

import org.jspecify.annotations.NullMarked;

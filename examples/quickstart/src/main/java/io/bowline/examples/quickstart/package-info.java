/** Two providers, a consumer and a real registry on one machine. */
@NullMarked
package io.bowline.examples.quickstart;

import org.jspecify.annotations.NullMarked;

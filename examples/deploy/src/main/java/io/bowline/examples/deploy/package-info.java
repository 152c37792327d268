/** A provider and a consumer as a container runs them: told everything by their environment. */
@NullMarked
package io.bowline.examples.deploy;

import org.jspecify.annotations.NullMarked;

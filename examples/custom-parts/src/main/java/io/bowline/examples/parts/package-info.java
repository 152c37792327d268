/** A filter and a serializer that the framework does not have, used by two processes. */
@NullMarked
package io.bowline.examples.parts;

import org.jspecify.annotations.NullMarked;

/** Who offers which service, and where. */
@NullMarked
package io.bowline.rpc.discovery;

import org.jspecify.annotations.NullMarked;

/** Calls are resources of Sentinel; its rules are read in the format of its dashboard. */
@NullMarked
package io.bowline.rpc.sentinel;

import org.jspecify.annotations.NullMarked;

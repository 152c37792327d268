/** Reactor's types in contracts. */
@NullMarked
package io.bowline.rpc.reactor;

import org.jspecify.annotations.NullMarked;

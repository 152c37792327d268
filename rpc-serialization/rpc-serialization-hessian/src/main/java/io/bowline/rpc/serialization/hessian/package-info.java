/** Hessian 2, written and read here: no library for it can be bounded (decision 0031). */
@NullMarked
package io.bowline.rpc.serialization.hessian;

import org.jspecify.annotations.NullMarked;

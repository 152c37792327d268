/** The rules of the house, checked over the whole tree. */
@NullMarked
package io.bowline.rpc.house;

import org.jspecify.annotations.NullMarked;

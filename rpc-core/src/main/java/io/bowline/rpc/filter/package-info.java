/** What stands around a call: one policy record and one filter a feature. */
@NullMarked
package io.bowline.rpc.filter;

import org.jspecify.annotations.NullMarked;

/** JSON, written and read by Jackson's streaming core alone. */
@NullMarked
package io.bowline.rpc.serialization.json;

import org.jspecify.annotations.NullMarked;

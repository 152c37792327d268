/** The default serializer: protobuf's wire format, for records and classes as they are. */
@NullMarked
package io.bowline.rpc.serialization.protostuff;

import org.jspecify.annotations.NullMarked;

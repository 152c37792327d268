package io.bowline.rpc.wire.value;

import io.bowline.rpc.wire.ResolvedType;

/**
 * One named part of a {@link Structure}.
 *
 * @param name its name on the wire: the field's, or {@code Owner.field} for a field that a subclass hides
 * @param type its declared type
 */
public record Part(String name, ResolvedType type) {
    boolean isPrimitive() {
        return type.raw().isPrimitive();
    }
}

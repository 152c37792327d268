package io.bowline.rpc.wire.shape;

import io.bowline.rpc.wire.ResolvedType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One named part of a {@link Structure}.
 *
 * @param name its name on the wire: the field's, or {@code Owner.field} for a field that a subclass hides
 * @param type its declared type
 */
public record Part(String name, ResolvedType type) {
    /** What stands for a part that an older sender did not write: zero, no content, or null. */
    @Nullable
    Object missing() {
        Class<?> raw = type.raw();
        if (raw == Optional.class) {
            return Optional.empty();
        }
        if (!raw.isPrimitive()) {
            return null;
        }
        return java.lang.reflect.Array.get(java.lang.reflect.Array.newInstance(raw, 1), 0);
    }
}

package io.bowline.rpc.spring.reference;

import io.bowline.rpc.spring.RpcReference;
import org.jspecify.annotations.Nullable;

/**
 * A reference as it is asked for. Immutable.
 *
 * @param bean the name of the bean that it becomes
 * @param name the name under which properties speak of it, {@code rpc.client.<name>}
 * @param contract the interface
 * @param annotation what the places say that want it; null where it is imported, or there because properties name it
 */
public record ReferenceRequest(
        String bean,
        String name,
        Class<?> contract,
        @Nullable RpcReference annotation) {}

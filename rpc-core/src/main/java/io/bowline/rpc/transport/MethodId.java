package io.bowline.rpc.transport;

import io.bowline.rpc.ServiceName;
import org.jspecify.annotations.Nullable;

/**
 * A method as both sides name it. A transport sends it once per connection and a small integer after that, so it keeps
 * its hash.
 */
public final class MethodId {
    private final ServiceName service;
    private final String method;
    private final int hash;

    /** @param method the name with erased parameter types: {@code find(long)} */
    public MethodId(ServiceName service, String method) {
        this.service = service;
        this.method = method;
        this.hash = 31 * service.hashCode() + method.hashCode();
    }

    public ServiceName service() {
        return service;
    }

    public String method() {
        return method;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof MethodId that
                        && hash == that.hash
                        && method.equals(that.method)
                        && service.equals(that.service));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return service + " " + method;
    }
}

package io.bowline.rpc.discovery;

/**
 * A kind of registry that can be named in configuration. Found by {@link java.util.ServiceLoader}; code passes the
 * {@link Registry} itself and needs none of this. Implementations are public, with a public constructor without
 * arguments.
 */
public interface RegistryProvider {
    /** The scheme of its URIs, in lower case: {@code zookeeper}. */
    String scheme();

    /**
     * A registry as the URI describes it. Does not wait for the registry's server, which may be down.
     *
     * @throws io.bowline.rpc.RpcException {@code INVALID_CONFIGURATION} when the URI cannot be used; unknown options
     *     are among the reasons, see {@link RegistryUri#allow}
     */
    Registry connect(RegistryUri uri);
}

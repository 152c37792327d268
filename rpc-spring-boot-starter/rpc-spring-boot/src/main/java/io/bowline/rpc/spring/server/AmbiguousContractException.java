package io.bowline.rpc.spring.server;

import java.util.List;

/** A service does not name its contract, and its class does not make plain which it is. */
public final class AmbiguousContractException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Class<?>> candidates;

    AmbiguousContractException(String bean, Class<?> implementation, List<Class<?>> candidates) {
        super("@RpcService bean '" + bean + "': " + implementation.getName()
                + (candidates.isEmpty()
                        ? " implements no interface that could be its contract"
                        : " implements several interfaces that could be its contract: "
                                + candidates.stream().map(Class::getName).toList()));
        this.candidates = List.copyOf(candidates);
    }

    /** The interfaces that could be meant; empty for none. */
    public List<Class<?>> candidates() {
        return candidates;
    }
}

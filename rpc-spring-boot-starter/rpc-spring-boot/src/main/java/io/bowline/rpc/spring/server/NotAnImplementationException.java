package io.bowline.rpc.spring.server;

/** A bean that is to be offered does not implement the contract. */
public final class NotAnImplementationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient ServiceBean service;

    NotAnImplementationException(ServiceBean service) {
        super("@RpcService bean '" + service.name() + "': "
                + service.bean().getClass().getName() + " is not a "
                + service.contract().getName());
        this.service = service;
    }

    /** The bean, and what it should be. */
    public ServiceBean service() {
        return service;
    }

    /** Whether the class that was written implements the contract, and what Spring has put around it does not. */
    public boolean hiddenByProxy() {
        return service.contract().isAssignableFrom(service.implementation());
    }
}

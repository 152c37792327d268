package io.bowline.rpc.spring.diagnostics;

import io.bowline.rpc.spring.server.NotAnImplementationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what is wrong with a service that is not what it says it is. */
final class ImplementationFailureAnalyzer extends AbstractFailureAnalyzer<NotAnImplementationException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, NotAnImplementationException cause) {
        String action = cause.hiddenByProxy()
                ? "The class implements it, and the proxy that Spring has put around it does not: let the proxy be of"
                        + " the class (proxyTargetClass = true), or let it have this interface, too."
                : "Let the class implement the interface, or name the one that it implements with interfaceClass.";
        return new FailureAnalysis(String.valueOf(cause.getMessage()), action, cause);
    }
}

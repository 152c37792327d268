package io.bowline.rpc.spring.diagnostics;

import io.bowline.rpc.spring.server.AmbiguousContractException;
import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says how a service names its contract. */
final class ContractFailureAnalyzer extends AbstractFailureAnalyzer<AmbiguousContractException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, AmbiguousContractException cause) {
        String action = cause.candidates().isEmpty()
                ? "Let the class implement the interface that consumers have, or take @RpcService off it."
                : "Say which: "
                        + cause.candidates().stream()
                                .map(type -> "@RpcService(interfaceClass = " + type.getSimpleName() + ".class)")
                                .collect(Collectors.joining(" or "))
                        + ".";
        return new FailureAnalysis(String.valueOf(cause.getMessage()), action, cause);
    }
}

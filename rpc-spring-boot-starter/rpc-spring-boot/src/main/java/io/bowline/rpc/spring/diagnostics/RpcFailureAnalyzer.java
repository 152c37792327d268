package io.bowline.rpc.spring.diagnostics;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do about failures of the framework, by their codes. */
final class RpcFailureAnalyzer extends AbstractFailureAnalyzer<RpcException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, RpcException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), action(cause.code()), cause);
    }

    private static String action(Code code) {
        return switch (code) {
            case PORT_IN_USE -> "Stop whatever listens there, or set another rpc.server.port; 0 takes a free one.";
            case DUPLICATE_SERVICE ->
                "Let only one bean offer the interface: give the others another version or group"
                        + " with @RpcService, or take the annotation off them.";
            case NOT_SERIALIZABLE ->
                "Change the type at the end of the path that is named above, or name an"
                        + " implementation that may stand there. A type that is for one side only has no place in a"
                        + " contract.";
            case REGISTRY_UNREACHABLE ->
                "Check rpc.registry and that its server runs. An application starts without"
                        + " it, too, unless it is told to wait.";
            case BLOCKING_CALL ->
                "Take @NonBlocking off the service method that calls, or call a method that returns a"
                        + " CompletableFuture.";
            case INVALID_CONFIGURATION ->
                "Change what is named above: a property rpc.*, an attribute of @RpcService or"
                        + " @RpcReference, or a dependency that is missing.";
            case UNAUTHENTICATED, PERMISSION_DENIED -> "Check the credentials in rpc.registry, and rpc.transport.ssl.";
            case NO_PROVIDER, NO_USABLE_PROVIDER, CONNECT_FAILED ->
                "A call was made while the application started, and"
                        + " nobody could take it. Start the provider first, or make the call once the application has"
                        + " started, with a fallback for when nobody can take it.";
            default -> "See " + code.label() + " in docs/errors.md: what it means, why it happens, what to do.";
        };
    }
}

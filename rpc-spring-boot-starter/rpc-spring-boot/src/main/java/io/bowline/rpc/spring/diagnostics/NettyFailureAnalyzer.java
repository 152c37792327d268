package io.bowline.rpc.spring.diagnostics;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do about an older Netty, which is what Spring Boot 3.5 chooses unless it is told otherwise. */
final class NettyFailureAnalyzer extends AbstractFailureAnalyzer<LinkageError> {
    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, LinkageError cause) {
        String message = String.valueOf(cause.getMessage());
        if (!message.contains("io/netty/") && !message.contains("io.netty.")) {
            return null;
        }
        return new FailureAnalysis(
                "The Netty on the class path is not the one that rpc-transport-netty is made for: " + message,
                "Spring Boot 3.5 chooses Netty 4.1, and the transport needs 4.2. Set the property netty.version of the"
                        + " build to the version that rpc-transport-netty depends on, 4.2.18.Final or newer.",
                cause);
    }
}

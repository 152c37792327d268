package io.bowline.rpc.spring.validation;

import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Checks arguments against the constraints of the contract before they are sent. What violates them is not sent: the
 * caller gets the {@link ConstraintViolationException} that it would get of a bean of its own, as the cause of a failure
 * that is unprocessed. Methods without constraints pass. Thread-safe; does not block.
 */
public final class ValidationFilter implements Filter {
    private final Validator validator;
    private final ConcurrentMap<RpcMethod, ArgumentCheck> checks = new ConcurrentHashMap<>();

    public ValidationFilter(Validator validator) {
        this.validator = validator;
    }

    @Override
    public CompletionStage<Response> apply(Request request, Invoker next) {
        ArgumentCheck check = checks.get(request.method());
        if (check == null) {
            check = checks.computeIfAbsent(request.method(), method -> ArgumentCheck.of(method, validator));
        }
        Set<? extends ConstraintViolation<?>> violations = check.violations(request.arguments());
        return violations.isEmpty()
                ? next.invoke(request)
                : CompletableFuture.failedFuture(
                        RpcException.application(new ConstraintViolationException(violations), null)
                                .asUnprocessed());
    }
}

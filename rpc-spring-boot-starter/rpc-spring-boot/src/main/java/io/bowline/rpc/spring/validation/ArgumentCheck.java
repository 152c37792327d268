package io.bowline.rpc.spring.validation;

import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.service.ContractMethod;
import io.bowline.rpc.service.ServiceContract;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import jakarta.validation.executable.ExecutableValidator;
import jakarta.validation.metadata.MethodDescriptor;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/** What a contract asks of the arguments of one method. Immutable. */
final class ArgumentCheck {
    private static final ArgumentCheck NONE = new ArgumentCheck(null, null, null);

    private final @Nullable ExecutableValidator validator;
    private final @Nullable Object standIn;
    private final @Nullable Method method;

    private ArgumentCheck(@Nullable ExecutableValidator validator, @Nullable Object standIn, @Nullable Method method) {
        this.validator = validator;
        this.standIn = standIn;
        this.method = method;
    }

    /** What is asked of a method's arguments; nothing where its contract is not at hand, as with generic calls. */
    static ArgumentCheck of(RpcMethod method, Validator validator) {
        String contract = method.service().name();
        if (!ClassUtils.isPresent(contract, null)) {
            return NONE;
        }
        Class<?> type = ClassUtils.resolveClassName(contract, null);
        Method java = find(type, method);
        if (java == null) {
            return NONE;
        }
        MethodDescriptor constraints = validator
                .getConstraintsForClass(type)
                .getConstraintsForMethod(java.getName(), java.getParameterTypes());
        return constraints == null || !constraints.hasConstrainedParameters()
                ? NONE
                : new ArgumentCheck(validator.forExecutables(), standIn(type), java);
    }

    private static @Nullable Method find(Class<?> type, RpcMethod wanted) {
        if (!type.isInterface()) {
            return null;
        }
        return ServiceContract.of(type, "", "").methods().stream()
                .filter(method -> method.rpc().name().equals(wanted.name()))
                .map(ContractMethod::java)
                .findFirst()
                .orElse(null);
    }

    /** Constraints are looked up by an object's class, and nobody implements the contract here. */
    private static Object standIn(Class<?> contract) {
        return Proxy.newProxyInstance(
                contract.getClassLoader(),
                new Class<?>[] {contract},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> false;
                    default -> contract.getName();
                });
    }

    /** What arguments violate; empty for nothing. */
    Set<? extends ConstraintViolation<?>> violations(@Nullable Object[] arguments) {
        return validator == null || standIn == null || method == null
                ? Set.of()
                : validator.validateParameters(standIn, method, arguments);
    }
}

package io.bowline.rpc.service;

import io.bowline.rpc.Code;
import io.bowline.rpc.Idempotent;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.wire.TypeGraph;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;

/**
 * A Java interface read as a contract, once, by reflection: its methods with type variables resolved, inherited ones
 * included, overloads told apart by their parameter types. Immutable.
 *
 * <p>Default methods travel like any other: the service may override them. Static and private ones do not.
 */
public final class ServiceContract {
    private final Class<?> type;
    private final ServiceName name;
    private final List<ContractMethod> methods;
    private final Map<Method, ContractMethod> byJavaMethod;

    private ServiceContract(
            Class<?> type, ServiceName name, List<ContractMethod> methods, Map<Method, ContractMethod> byJavaMethod) {
        this.type = type;
        this.name = name;
        this.methods = methods;
        this.byJavaMethod = byJavaMethod;
    }

    /** Reads an interface; fails with {@code INVALID_CONFIGURATION} for what cannot be a contract. */
    public static ServiceContract of(Class<?> type, String version, String group) {
        if (!type.isInterface() || type.isAnnotation() || type.isSealed()) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION, type.getName() + " cannot be a contract (expected: an open interface)");
        }
        ServiceName name = new ServiceName(type.getName(), version, group);
        TypeVariables variables = new TypeVariables(type);
        Map<String, List<Method>> bySignature = new TreeMap<>();
        for (Method method : type.getMethods()) {
            if (travels(method)) {
                bySignature
                        .computeIfAbsent(signature(method, variables), key -> new ArrayList<>())
                        .add(method);
            }
        }
        List<ContractMethod> methods = new ArrayList<>();
        Map<Method, ContractMethod> byJavaMethod = new LinkedHashMap<>();
        bySignature.forEach((signature, twins) -> {
            checkAlike(signature, twins);
            ContractMethod method = describe(name, signature, methods.size(), mostSpecific(twins), variables);
            methods.add(method);
            twins.forEach(twin -> byJavaMethod.put(twin, method));
        });
        if (methods.isEmpty()) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION, type.getName() + " has no methods (expected: at least one to call)");
        }
        return new ServiceContract(type, name, List.copyOf(methods), Map.copyOf(byJavaMethod));
    }

    private static boolean travels(Method method) {
        return !Modifier.isStatic(method.getModifiers()) && !method.isBridge() && !isOfObject(method);
    }

    private static boolean isOfObject(Method method) {
        return Arrays.stream(Object.class.getMethods())
                .anyMatch(own -> own.getName().equals(method.getName())
                        && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
    }

    private static String signature(Method method, TypeVariables variables) {
        return Arrays.stream(method.getGenericParameterTypes())
                .map(variables::resolve)
                .map(TypeVariables::erase)
                .filter(type -> type != Flow.Subscriber.class) // It hears the result, and does not travel.
                .map(type -> (isStream(type) ? Flow.Publisher.class : type).getTypeName())
                .collect(Collectors.joining(",", method.getName() + "(", ")"));
    }

    /** What several super-interfaces declare is one method; what only travels alike would be two of one name. */
    private static void checkAlike(String signature, List<Method> twins) {
        Set<Boolean> listening =
                twins.stream().map(twin -> ResultShape.listenerOf(twin) >= 0).collect(Collectors.toSet());
        Set<Boolean> foreign = twins.stream()
                .map(twin -> Arrays.stream(twin.getParameterTypes()).anyMatch(ServiceContract::isStream))
                .collect(Collectors.toSet());
        if (listening.size() > 1 || foreign.size() > 1) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    twins.stream().map(Method::toGenericString).collect(Collectors.joining(" and "))
                            + " both travel as " + signature + " (expected: two names)");
        }
    }

    /** Of methods that several super-interfaces declare alike, the one with the narrowest result. */
    private static Method mostSpecific(List<Method> twins) {
        Comparator<Method> narrower = (left, right) -> left.getReturnType().equals(right.getReturnType())
                ? 0
                : left.getReturnType().isAssignableFrom(right.getReturnType()) ? 1 : -1;
        return twins.stream().min(narrower).orElseThrow();
    }

    private static ContractMethod describe(
            ServiceName service, String signature, int index, Method method, TypeVariables variables) {
        AsyncTypes library = AsyncTypes.of(method.getReturnType());
        ResultShape shape = ResultShape.of(method, library);
        List<RpcMethod.Trait> traits = new ArrayList<>();
        Idempotent own = method.getAnnotation(Idempotent.class);
        Idempotent idempotent = own == null ? method.getDeclaringClass().getAnnotation(Idempotent.class) : own;
        if (idempotent != null) {
            traits.add(RpcMethod.Trait.IDEMPOTENT);
        }
        if (shape == ResultShape.ONE_WAY) {
            traits.add(RpcMethod.Trait.ONE_WAY);
        }
        if (shape.streams()) {
            traits.add(RpcMethod.Trait.STREAMS_RESULT);
        }
        if (shape.streams() && idempotent != null && idempotent.key().length > 0) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    "@Idempotent(key = …) on " + method.toGenericString()
                            + " (expected: @Idempotent without a key, for a stream can be read once and not be kept)");
        }
        int listener = ResultShape.listenerOf(method);
        int among = streamParameter(method);
        int stream = listener >= 0 && among > listener ? among - 1 : among;
        List<Type> parameters = new ArrayList<>(List.of(method.getGenericParameterTypes()));
        Type result = listener < 0 ? method.getGenericReturnType() : parameters.remove(listener);
        if (stream >= 0 && (idempotent != null || shape == ResultShape.ONE_WAY)) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    (idempotent != null ? "@Idempotent on " : "@OneWay on ") + method.toGenericString()
                            + " (expected: neither, for an argument that is a stream can be read once, by who answers)");
        }
        RpcMethod rpc = RpcMethod.builder(service, signature)
                .index(index)
                .parameterTypes(parameters.stream().map(variables::resolve).toList())
                .streams(stream, stream < 0 ? null : elementType(parameters.get(stream), variables))
                .resultType(variables.resolve(shape.valueType(result)))
                .exceptionTypes(List.of(method.getExceptionTypes()))
                .traits(traits)
                .callKey(idempotent == null ? List.of() : List.of(idempotent.key()))
                .build();
        return new ContractMethod(
                method,
                rpc,
                shape,
                listener,
                library,
                stream < 0 ? null : AsyncTypes.of(method.getParameterTypes()[among]));
    }

    /** The place of the parameter that is a stream; -1 if there is none. */
    private static int streamParameter(Method method) {
        int found = -1;
        Class<?>[] parameters = method.getParameterTypes();
        for (int i = 0; i < parameters.length; i++) {
            boolean known = parameters[i] == Flow.Publisher.class || isStream(parameters[i]);
            if (known || Flow.Publisher.class.isAssignableFrom(parameters[i])) {
                if (found >= 0 || !known) {
                    throw RpcException.of(
                            Code.INVALID_CONFIGURATION,
                            "streams as arguments of " + method.toGenericString()
                                    + " (expected: one at most, and a Flow.Publisher itself)");
                }
                found = i;
            }
        }
        return found;
    }

    private static boolean isStream(Class<?> type) {
        AsyncTypes library = AsyncTypes.of(type);
        return library != null && type == library.many();
    }

    private static Type elementType(Type stream, TypeVariables variables) {
        return stream instanceof ParameterizedType declared
                ? variables.resolve(declared.getActualTypeArguments()[0])
                : Object.class;
    }

    public Class<?> type() {
        return type;
    }

    public ServiceName name() {
        return name;
    }

    /** The methods, each at its {@link RpcMethod#index() index}. */
    public List<ContractMethod> methods() {
        return methods;
    }

    /** Every Java method that leads to one of {@link #methods()}. */
    Map<Method, ContractMethod> byJavaMethod() {
        return byJavaMethod;
    }

    /** Everything that this contract may put on the wire; fails with {@code NOT_SERIALIZABLE}, naming the path. */
    public TypeGraph types(Set<Class<?>> registered) {
        Map<String, Collection<Type>> roots = new LinkedHashMap<>();
        for (ContractMethod method : methods) {
            String place = type.getSimpleName() + "." + method.rpc().name();
            List<Type> parameters = method.rpc().parameterTypes();
            for (int i = 0; i < parameters.size(); i++) {
                Type travels = i == method.rpc().streamParameter()
                        ? Objects.requireNonNull(method.rpc().streamedType())
                        : parameters.get(i);
                roots.put(place + " argument " + (i + 1), List.of(travels));
            }
            if (method.rpc().resultType() != void.class) {
                roots.put(place + " result", List.of(method.rpc().resultType()));
            }
            if (!method.rpc().exceptionTypes().isEmpty()) {
                roots.put(place + " throws", List.copyOf(method.rpc().exceptionTypes()));
            }
        }
        return TypeGraph.of(roots, registered);
    }

    @Override
    public String toString() {
        return name.toString();
    }
}

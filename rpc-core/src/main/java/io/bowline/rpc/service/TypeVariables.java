package io.bowline.rpc.service;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the type variables of an interface's super-interfaces stand for: {@code Crud<T>} seen from {@code Users}. */
final class TypeVariables {
    private final Map<TypeVariable<?>, Type> bound = new HashMap<>();

    TypeVariables(Class<?> contract) {
        bind(contract);
    }

    private void bind(Class<?> type) {
        for (Type parent : type.getGenericInterfaces()) {
            if (parent instanceof ParameterizedType parameterized) {
                Class<?> raw = (Class<?>) parameterized.getRawType();
                TypeVariable<?>[] variables = raw.getTypeParameters();
                for (int i = 0; i < variables.length; i++) {
                    bound.put(variables[i], resolve(parameterized.getActualTypeArguments()[i]));
                }
                bind(raw);
            } else {
                bind((Class<?>) parent);
            }
        }
    }

    /** The type with every known variable replaced; an unknown one becomes its first bound. */
    Type resolve(Type type) {
        if (type instanceof TypeVariable<?> variable) {
            Type known = bound.get(variable);
            return known != null ? known : erase(variable.getBounds()[0]);
        }
        if (type instanceof ParameterizedType parameterized) {
            return new Parameterized(
                    parameterized.getRawType(),
                    resolveAll(parameterized.getActualTypeArguments()),
                    parameterized.getOwnerType());
        }
        if (type instanceof GenericArrayType array) {
            Type component = resolve(array.getGenericComponentType());
            return component instanceof Class<?> plain ? plain.arrayType() : new GenericArray(component);
        }
        if (type instanceof WildcardType wildcard) {
            return resolve(wildcard.getUpperBounds()[0]);
        }
        return type;
    }

    /** The class that a type is at run time. */
    static Class<?> erase(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        }
        if (type instanceof GenericArrayType array) {
            return erase(array.getGenericComponentType()).arrayType();
        }
        if (type instanceof TypeVariable<?> variable) {
            return erase(variable.getBounds()[0]);
        }
        return erase(((WildcardType) type).getUpperBounds()[0]);
    }

    private Type[] resolveAll(Type[] types) {
        return Arrays.stream(types).map(this::resolve).toArray(Type[]::new);
    }

    private record GenericArray(Type component) implements GenericArrayType {
        @Override
        public Type getGenericComponentType() {
            return component;
        }

        @Override
        public String getTypeName() {
            return component.getTypeName() + "[]";
        }
    }

    /** A class and not a record: its array is copied in and out, and it is compared as the JDK's own are. */
    private static final class Parameterized implements ParameterizedType {
        private final Type raw;
        private final Type[] arguments;
        private final @Nullable Type owner;

        Parameterized(Type raw, Type[] arguments, @Nullable Type owner) {
            this.raw = raw;
            this.arguments = arguments;
            this.owner = owner;
        }

        @Override
        public Type[] getActualTypeArguments() {
            return arguments.clone();
        }

        @Override
        public Type getRawType() {
            return raw;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return owner;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof ParameterizedType that
                    && raw.equals(that.getRawType())
                    && Arrays.equals(arguments, that.getActualTypeArguments());
        }

        @Override
        public int hashCode() {
            return raw.hashCode() ^ Arrays.hashCode(arguments);
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(raw.getTypeName()).append('<');
            for (int i = 0; i < arguments.length; i++) {
                text.append(i == 0 ? "" : ", ").append(arguments[i].getTypeName());
            }
            return text.append('>').toString();
        }
    }
}

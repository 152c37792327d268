package io.bowline.rpc.spring.reference;

import io.bowline.rpc.spring.RpcReference;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotationUtils;

/** Looks for places where references are wanted, in classes that are looked at once each. Used by one thread. */
final class ReferencePoints {
    private final Set<ReferencePoint> found = new LinkedHashSet<>();
    private final Set<Class<?>> seen = new LinkedHashSet<>();

    Collection<ReferencePoint> found() {
        return found;
    }

    /** Constructors, fields and methods of a class, inherited ones included. */
    void in(Class<?> type) {
        for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
            if (!AnnotationUtils.isCandidateClass(each, RpcReference.class) || !seen.add(each)) {
                return;
            }
            for (Constructor<?> constructor : each.getDeclaredConstructors()) {
                parameters(constructor, type);
            }
            for (Field field : each.getDeclaredFields()) {
                add(field, ResolvableType.forField(field, type));
            }
            for (Method method : each.getDeclaredMethods()) {
                in(method, type);
            }
        }
    }

    /** The parameters of a method, and its only one when it says so of itself. */
    void in(Method method, Class<?> type) {
        if (method.isSynthetic()) {
            return;
        }
        parameters(method, type);
        if (method.getParameterCount() == 1) {
            add(method, parameter(method, 0, type));
        }
    }

    private void parameters(Executable executable, Class<?> type) {
        AnnotatedElement[] parameters = executable.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i].getAnnotations().length > 0) {
                add(parameters[i], parameter(executable, i, type));
            }
        }
    }

    private static ResolvableType parameter(Executable executable, int index, Class<?> type) {
        return ResolvableType.forMethodParameter(
                MethodParameter.forExecutable(executable, index).withContainingClass(type));
    }

    private void add(AnnotatedElement element, ResolvableType declared) {
        ReferencePoint point = ReferencePoint.of(element, declared);
        if (point != null) {
            found.add(point);
        }
    }
}

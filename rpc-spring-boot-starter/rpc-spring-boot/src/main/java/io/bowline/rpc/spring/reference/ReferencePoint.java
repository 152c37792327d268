package io.bowline.rpc.spring.reference;

import io.bowline.rpc.spring.RpcReference;
import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.ClassUtils;

/**
 * A place where a reference is wanted.
 *
 * @param type what is wanted there, without an {@code Optional} or a provider around it
 * @param annotation what the place says
 */
record ReferencePoint(ResolvableType type, RpcReference annotation) {
    private static final String PROVIDER = "jakarta.inject.Provider";

    /** The place that an element is, when it bears the annotation, or one that bears it. */
    static @Nullable ReferencePoint of(AnnotatedElement element, ResolvableType declared) {
        MergedAnnotation<RpcReference> annotation =
                MergedAnnotations.from(element).get(RpcReference.class);
        return annotation.isPresent() ? new ReferencePoint(bare(declared), annotation.synthesize()) : null;
    }

    private static ResolvableType bare(ResolvableType declared) {
        ResolvableType type = declared;
        while (isWrapper(type.toClass())) {
            type = type.getGeneric(0);
        }
        return detached(type);
    }

    /** The same type, without a memory of where it was declared: places that want the same are equal. */
    private static ResolvableType detached(ResolvableType type) {
        Class<?> raw = type.toClass();
        if (!type.hasGenerics() || type.hasUnresolvableGenerics()) {
            return ResolvableType.forClass(raw);
        }
        ResolvableType[] generics = type.getGenerics();
        for (int i = 0; i < generics.length; i++) {
            generics[i] = detached(generics[i]);
        }
        return ResolvableType.forClassWithGenerics(raw, generics);
    }

    private static boolean isWrapper(Class<?> type) {
        return type == Optional.class
                || ObjectFactory.class.isAssignableFrom(type)
                || ClassUtils.getAllInterfacesForClassAsSet(type).stream()
                        .anyMatch(wider -> wider.getName().equals(PROVIDER));
    }
}

package io.bowline.rpc.spring.test;

import io.bowline.rpc.spring.RpcReference;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.util.ReflectionUtils;

/** Looks at test classes for what their contexts need. */
final class RpcContextCustomizerFactory implements ContextCustomizerFactory {
    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        boolean local = TestContextAnnotationUtils.hasAnnotation(testClass, AutoConfigureTestRpcTransport.class);
        Set<Class<?>> places = new LinkedHashSet<>();
        for (Class<?> type = testClass; type != null; type = enclosing(type)) {
            if (wantsReferences(type)) {
                places.add(type);
            }
        }
        return local || !places.isEmpty() ? new RpcContextCustomizer(local, places) : null;
    }

    /** The class around a nested test, whose fields are injected as well. */
    private static @Nullable Class<?> enclosing(Class<?> testClass) {
        return TestContextAnnotationUtils.searchEnclosingClass(testClass) ? testClass.getEnclosingClass() : null;
    }

    private static boolean wantsReferences(Class<?> testClass) {
        Set<Boolean> found = new LinkedHashSet<>();
        ReflectionUtils.doWithFields(testClass, field -> found.add(isReference(MergedAnnotations.from(field))));
        ReflectionUtils.doWithMethods(testClass, method -> {
            found.add(isReference(MergedAnnotations.from(method)));
            for (var parameter : method.getParameters()) {
                found.add(isReference(MergedAnnotations.from(parameter)));
            }
        });
        for (var constructor : testClass.getDeclaredConstructors()) {
            for (var parameter : constructor.getParameters()) {
                found.add(isReference(MergedAnnotations.from(parameter, SearchStrategy.DIRECT)));
            }
        }
        return found.contains(true);
    }

    private static boolean isReference(MergedAnnotations annotations) {
        return annotations.isPresent(RpcReference.class);
    }
}

package io.bowline.rpc.spring.reference;

import io.bowline.rpc.spring.ImportRpcReferences;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Goes through all bean definitions, without making a bean: the classes of beans, and the methods that make beans, are
 * looked at for what they want. Spring's own and those of the starter are passed over. Used by one thread, once.
 */
final class ReferenceScan {
    private final ConfigurableListableBeanFactory factory;
    private final Environment environment;
    private final ReferencePoints points = new ReferencePoints();
    private final Set<Class<?>> imported = new LinkedHashSet<>();

    ReferenceScan(ConfigurableListableBeanFactory factory, Environment environment) {
        this.factory = factory;
        this.environment = environment;
    }

    /** Where references are wanted. */
    ReferencePoints points() {
        return points;
    }

    /** What is imported. */
    Set<Class<?>> imported() {
        return imported;
    }

    /** Looks at every definition, and at the classes that are not beans and want references all the same. */
    void run() {
        if (factory.getSingleton(ReferencePlaces.BEAN) instanceof ReferencePlaces places) {
            places.classes().forEach(points::in);
        }
        for (String name : factory.getBeanDefinitionNames()) {
            look(factory.getMergedBeanDefinition(name));
        }
    }

    private void look(BeanDefinition definition) {
        if (definition instanceof RootBeanDefinition known && known.getResolvedFactoryMethod() != null) {
            lookAtMaker(known.getResolvedFactoryMethod());
            return;
        }
        if (definition.getFactoryMethodName() != null) {
            lookAtMaker(definition, definition.getFactoryMethodName());
            return;
        }
        Class<?> type = load(definition.getBeanClassName());
        if (type != null) {
            Class<?> own = ClassUtils.getUserClass(type);
            points.in(own);
            lookAtImports(own);
        }
    }

    private void lookAtMaker(BeanDefinition definition, String method) {
        Class<?> maker = load(makerOf(definition));
        if (maker == null) {
            return;
        }
        Class<?> own = ClassUtils.getUserClass(maker);
        Arrays.stream(own.getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(method))
                .forEach(this::lookAtMaker);
    }

    private void lookAtMaker(@Nullable Method method) {
        if (method != null && isForeign(method.getDeclaringClass().getName())) {
            return;
        }
        if (method != null) {
            points.in(method, method.getDeclaringClass());
            if (!isForeign(method.getReturnType().getName())) {
                points.in(method.getReturnType());
            }
        }
    }

    private @Nullable String makerOf(BeanDefinition definition) {
        if (definition instanceof AnnotatedBeanDefinition annotated && annotated.getFactoryMethodMetadata() != null) {
            return annotated.getFactoryMethodMetadata().getDeclaringClassName();
        }
        String maker = definition.getFactoryBeanName();
        return maker == null
                ? definition.getBeanClassName()
                : factory.containsBeanDefinition(maker)
                        ? factory.getMergedBeanDefinition(maker).getBeanClassName()
                        : null;
    }

    private @Nullable Class<?> load(@Nullable String name) {
        if (name == null || isForeign(name)) {
            return null;
        }
        try {
            return ClassUtils.forName(name, factory.getBeanClassLoader());
        } catch (ClassNotFoundException | LinkageError absent) {
            // Whoever makes this bean says so.
            return null;
        }
    }

    private static boolean isForeign(String type) {
        return type.startsWith("org.springframework.")
                || type.startsWith("java.")
                || type.startsWith("io.bowline.rpc.spring.autoconfigure.");
    }

    private void lookAtImports(Class<?> type) {
        MergedAnnotation<ImportRpcReferences> annotation =
                MergedAnnotations.from(type, SearchStrategy.SUPERCLASS).get(ImportRpcReferences.class);
        if (!annotation.isPresent()) {
            return;
        }
        Set<Class<?>> named = new LinkedHashSet<>(Arrays.asList(annotation.getClassArray("value")));
        for (Class<?> near : annotation.getClassArray("basePackageClasses")) {
            Interfaces.in(near.getPackageName(), environment).stream()
                    .map(this::load)
                    .forEach(found -> {
                        if (found != null) {
                            named.add(found);
                        }
                    });
        }
        if (named.isEmpty()) {
            throw new IllegalStateException("@ImportRpcReferences on " + type.getName()
                    + " names nothing (expected: interfaces, or basePackageClasses that have interfaces near them)");
        }
        imported.addAll(named);
    }

    /** Finds interfaces rather than components. */
    private static final class Interfaces extends ClassPathScanningCandidateComponentProvider {
        private Interfaces(Environment environment) {
            super(false, environment);
            addIncludeFilter((reader, readers) -> !reader.getClassMetadata().isAnnotation()
                    && !reader.getClassMetadata().getClassName().endsWith(".package-info"));
        }

        /** The names of the top-level interfaces of a package and those below it, sorted. */
        static Set<String> in(String packageName, Environment environment) {
            Set<String> names = new TreeSet<>();
            for (BeanDefinition found : new Interfaces(environment).findCandidateComponents(packageName)) {
                String name = found.getBeanClassName();
                if (name != null) {
                    names.add(name);
                }
            }
            return names;
        }

        @Override
        protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
            return definition.getMetadata().isInterface()
                    && definition.getMetadata().getEnclosingClassName() == null;
        }
    }
}

package io.bowline.rpc.spring.reference;

import io.bowline.rpc.spring.RpcReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.util.ObjectUtils;

/**
 * Turns references that are wanted into bean definitions: one for all places that say the same, with a qualifier that
 * repeats what they say, so that Spring's own injection finds it. Used by one thread, once.
 *
 * <p>All are {@linkplain RootBeanDefinition#setFallback fallbacks}: a bean of the application that implements the interface
 * is what a place without the annotation gets. Where there are several references of one interface, such a place gets the
 * one that says nothing more, if there is one.
 */
final class ReferenceDefinitions {
    private final ConfigurableListableBeanFactory factory;
    private final BeanDefinitionRegistry registry;
    private final Environment environment;
    private final Collection<NamedReference> named;

    /** What is imported or named by properties, by the name of its bean. */
    private final Map<String, RootBeanDefinition> plain = new LinkedHashMap<>();

    /** What places ask for, by the name of its bean. */
    private final Map<String, RootBeanDefinition> annotated = new LinkedHashMap<>();

    ReferenceDefinitions(
            ConfigurableListableBeanFactory factory, BeanDefinitionRegistry registry, Environment environment) {
        this.factory = factory;
        this.registry = registry;
        this.environment = environment;
        this.named = NamedReference.of(environment);
    }

    /** What properties name together with an interface, unless a bean has that name already. */
    void addNamed() {
        for (NamedReference reference : named) {
            if (!registry.containsBeanDefinition(reference.name())) {
                addPlain(reference.name(), reference.name(), contract(reference));
            }
        }
    }

    private Class<?> contract(NamedReference reference) {
        try {
            return ClassUtils.forName(reference.contract(), factory.getBeanClassLoader());
        } catch (ClassNotFoundException | LinkageError absent) {
            throw new IllegalArgumentException(
                    "rpc.client." + reference.name() + ".interface: " + reference.contract()
                            + " (expected: an interface on the class path)",
                    absent);
        }
    }

    /** An interface that is imported. */
    void addImported(Class<?> contract) {
        String name = nameOf(contract, "", "");
        if (!plain.containsKey(name)) {
            addPlain(registry.containsBeanDefinition(name) ? contract.getName() : name, name, contract);
        }
    }

    private void addPlain(String bean, String name, Class<?> contract) {
        RootBeanDefinition definition =
                definition(ResolvableType.forClass(contract), new ReferenceRequest(bean, name, contract, null));
        AutowireCandidateQualifier qualifier = new AutowireCandidateQualifier(RpcReference.class);
        if (!name.equals(nameOf(contract, "", ""))) {
            // Unsaid, it would be what a place gets that names none.
            qualifier.setAttribute(AutowireCandidateQualifier.VALUE_KEY, name);
        }
        definition.addQualifier(qualifier);
        plain.put(bean, definition);
    }

    /** What a place wants. */
    void add(ReferencePoint point) {
        Class<?> contract = point.type().toClass();
        RpcReference annotation = point.annotation();
        String version = environment.resolvePlaceholders(annotation.version());
        String group = environment.resolvePlaceholders(annotation.group());
        String name = annotation.value().isEmpty() ? nameOf(contract, version, group) : annotation.value();
        Map<String, Object> said = said(annotation);
        said.remove(AutowireCandidateQualifier.VALUE_KEY);
        RootBeanDefinition same = plain.get(name);
        if (said.isEmpty() && same != null && contract.equals(same.getBeanClass())) {
            return;
        }
        String bean = ReferenceNames.bean(point.type(), said(annotation));
        RootBeanDefinition definition =
                definition(point.type(), new ReferenceRequest(bean, name, contract, annotation));
        AutowireCandidateQualifier qualifier = new AutowireCandidateQualifier(RpcReference.class);
        AnnotationUtils.getAnnotationAttributes(annotation).forEach(qualifier::setAttribute);
        definition.addQualifier(qualifier);
        annotated.putIfAbsent(bean, definition);
    }

    /** Hands over all definitions. */
    void register() {
        List<RootBeanDefinition> silent = new ArrayList<>(plain.values());
        annotated.values().stream().filter(ReferenceDefinitions::saysNothing).forEach(silent::add);
        for (RootBeanDefinition definition : annotated.values()) {
            boolean another =
                    silent.stream().anyMatch(plainer -> plainer.getBeanClass().equals(definition.getBeanClass()));
            definition.setDefaultCandidate(saysNothing(definition) || !another);
        }
        plain.forEach(registry::registerBeanDefinition);
        annotated.forEach(registry::registerBeanDefinition);
    }

    private static boolean saysNothing(RootBeanDefinition definition) {
        ReferenceRequest request = ReferenceRequest.of(definition);
        return request == null
                || request.annotation() == null
                || said(request.annotation()).isEmpty();
    }

    private RootBeanDefinition definition(ResolvableType type, ReferenceRequest request) {
        RootBeanDefinition definition = new RootBeanDefinition(request.contract());
        definition.setTargetType(type);
        definition.setInstanceSupplier(
                () -> factory.getBean(RpcReferences.class).make(request));
        definition.setFallback(true);
        // A contract may have a method close(): that one is the provider's.
        definition.setDestroyMethodName("");
        definition.setResourceDescription("reference to " + request.contract().getName());
        request.attachTo(definition);
        return definition;
    }

    /** The name of a reference that says none. */
    private String nameOf(Class<?> contract, String version, String group) {
        List<String> fitting = named.stream()
                .filter(reference -> reference.contract().equals(contract.getName())
                        && reference.version().equals(version)
                        && reference.group().equals(group))
                .map(NamedReference::name)
                .toList();
        return fitting.size() == 1 ? fitting.get(0) : ReferenceNames.decapitalised(contract);
    }

    /** The attributes that are given, by name. */
    private static Map<String, Object> said(RpcReference annotation) {
        Map<String, Object> said = new TreeMap<>();
        AnnotationUtils.getAnnotationAttributes(annotation).forEach((name, value) -> {
            if (!isDefault(annotation, name, value)) {
                said.put(name, value);
            }
        });
        return said;
    }

    private static boolean isDefault(RpcReference annotation, String name, @Nullable Object value) {
        Object byDefault = AnnotationUtils.getDefaultValue(annotation, name);
        return ObjectUtils.nullSafeEquals(byDefault, value);
    }
}

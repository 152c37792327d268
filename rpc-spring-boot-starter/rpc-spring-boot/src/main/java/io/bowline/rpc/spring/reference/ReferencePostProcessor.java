package io.bowline.rpc.spring.reference;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.core.env.Environment;

/**
 * Finds the references that beans want, and has them become beans. It does so when all other definitions are known, and
 * before what replaces definitions in tests.
 */
public final class ReferencePostProcessor implements BeanDefinitionRegistryPostProcessor {
    private final Environment environment;

    public ReferencePostProcessor(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        // Others may still add definitions.
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory factory) {
        ReferenceScan scan = new ReferenceScan(factory, environment);
        scan.run();
        ReferenceDefinitions definitions =
                new ReferenceDefinitions(factory, (BeanDefinitionRegistry) factory, environment);
        definitions.addNamed();
        scan.imported().forEach(definitions::addImported);
        scan.points().found().forEach(definitions::add);
        definitions.register();
    }
}

package io.bowline.rpc.spring.aot;

import io.bowline.rpc.service.ServiceContract;
import io.bowline.rpc.spring.reference.ReferenceRequest;
import io.bowline.rpc.spring.server.ServiceBeans;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.aot.BeanFactoryInitializationCode;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Names what is reached by reflection: the proxies and methods of all contracts that the application offers or calls, and
 * the types of their arguments and results.
 */
final class ContractHints implements BeanFactoryInitializationAotProcessor {
    @Override
    public BeanFactoryInitializationAotContribution processAheadOfTime(ConfigurableListableBeanFactory factory) {
        Set<Class<?>> contracts = new LinkedHashSet<>();
        for (String name : factory.getBeanDefinitionNames()) {
            ReferenceRequest request = ReferenceRequest.of(factory.getBeanDefinition(name));
            if (request != null) {
                contracts.add(request.contract());
            }
        }
        contracts.addAll(new ServiceBeans(factory).contracts());
        return new Contribution(contracts);
    }

    /** What is contributed for contracts. */
    private record Contribution(Set<Class<?>> contracts) implements BeanFactoryInitializationAotContribution {
        @Override
        public void applyTo(GenerationContext generation, BeanFactoryInitializationCode code) {
            RuntimeHints hints = generation.getRuntimeHints();
            BindingReflectionHintsRegistrar values = new BindingReflectionHintsRegistrar();
            for (Class<?> contract : contracts) {
                hints.proxies().registerJdkProxy(contract);
                hints.reflection().registerType(contract, MemberCategory.INVOKE_PUBLIC_METHODS);
                ServiceContract.of(contract, "", "")
                        .types(Set.of())
                        .types()
                        .forEach(type -> values.registerReflectionHints(hints.reflection(), type));
            }
        }
    }
}

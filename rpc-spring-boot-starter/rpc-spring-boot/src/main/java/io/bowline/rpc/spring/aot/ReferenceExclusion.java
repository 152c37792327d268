package io.bowline.rpc.spring.aot;

import io.bowline.rpc.spring.reference.ReferenceRequest;
import org.springframework.beans.factory.aot.BeanRegistrationExcludeFilter;
import org.springframework.beans.factory.support.RegisteredBean;

/**
 * Leaves the definitions of references out of what is generated: they are found again when the application starts, by the
 * same search, among the definitions that were generated.
 */
final class ReferenceExclusion implements BeanRegistrationExcludeFilter {
    @Override
    public boolean isExcludedFromAotProcessing(RegisteredBean bean) {
        return ReferenceRequest.of(bean.getMergedBeanDefinition()) != null;
    }
}

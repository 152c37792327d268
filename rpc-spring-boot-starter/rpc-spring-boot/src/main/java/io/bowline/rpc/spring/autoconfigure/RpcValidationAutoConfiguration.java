package io.bowline.rpc.spring.autoconfigure;

import io.bowline.rpc.spring.RpcFilter;
import io.bowline.rpc.spring.validation.ValidationFilter;
import jakarta.validation.Validator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Arguments are checked before they are sent, where the application has a validator. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.autoconfigure.validation.ValidationAutoConfiguration",
            "org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration"
        })
@ConditionalOnClass(Validator.class)
@ConditionalOnBooleanProperty(name = "rpc.enabled", matchIfMissing = true)
public final class RpcValidationAutoConfiguration {
    @Bean
    @RpcFilter(side = RpcFilter.Side.CLIENT)
    @Order(Ordered.LOWEST_PRECEDENCE)
    @ConditionalOnBean(Validator.class)
    @ConditionalOnMissingBean
    ValidationFilter rpcValidationFilter(Validator validator) {
        return new ValidationFilter(validator);
    }
}

package io.bowline.rpc.spring.suite;

import io.bowline.rpc.spring.RpcReference;
import io.bowline.rpc.spring.RpcService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application that offers a greeting and asks for it. */
@Configuration(proxyBeanMethods = false)
class Shop {
    @RpcService
    static class Offered implements Greeter {
        @Override
        public String hello(String name) {
            return "Hello, " + name;
        }
    }

    record Caller(Greeter greeter) {}

    @Bean
    Caller caller(@RpcReference Greeter greeter) {
        return new Caller(greeter);
    }
}

package io.bowline.rpc.spring.suite;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** Applications for tests. */
final class Started {
    private Started() {}

    /** What every application has. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    /** An application of these classes, with the starter, and without a web server. */
    static ApplicationContextRunner of(Class<?>... classes) {
        return new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withUserConfiguration(classes)
                .withPropertyValues("rpc.server.advertise=127.0.0.1");
    }
}

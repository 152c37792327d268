package io.bowline.rpc.spring.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.NonBlocking;
import io.bowline.rpc.server.OfferedService;
import io.bowline.rpc.spring.RpcReference;
import io.bowline.rpc.spring.RpcService;
import io.bowline.rpc.spring.RpcServiceMethod;
import io.bowline.rpc.spring.server.RpcServerLifecycle;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.aspectj.lang.ProceedingJoinPoint;
import org.aspectj.lang.annotation.Around;
import org.aspectj.lang.annotation.Aspect;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.EnableAspectJAutoProxy;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Which beans are services, under which contract, and what is called. */
class ServiceTest {
    @Component
    static class Desk {
        @RpcReference
        private Greeter greeter;
    }

    /** Interfaces of the JDK and of Spring are no contracts. */
    @RpcService("polite")
    static class Polite implements Greeter, Closeable, InitializingBean {
        @Override
        public String hello(String name) {
            return "Good day, " + name;
        }

        @Override
        public void close() {}

        @Override
        public void afterPropertiesSet() {}
    }

    @Test
    void infersTheContractAndTakesTheNameOfTheBean() {
        Started.of(Polite.class).run(context -> {
            assertThat(context).hasBean("polite");
            assertThat(offered(context.getBean(RpcServerLifecycle.class)))
                    .containsExactly(Greeter.class.getName());
        });
    }

    private static List<String> offered(RpcServerLifecycle lifecycle) {
        return lifecycle.server().services().stream()
                .map(service -> service.name().toString())
                .toList();
    }

    @Configuration(proxyBeanMethods = false)
    static class Makers {
        @Bean
        @RpcService(
                version = "${greeter.version}",
                group = "eu",
                weight = 50,
                labels = {"tag=gray", "cell = 7"})
        Greeter made() {
            return new Polite();
        }
    }

    @Test
    void offersWhatMethodsMakeAndSaysWhatTheySay() {
        Started.of(Makers.class).withPropertyValues("greeter.version=3").run(context -> {
            OfferedService service = context.getBean(RpcServerLifecycle.class)
                    .server()
                    .services()
                    .get(0);
            assertThat(service.name()).hasToString("eu/" + Greeter.class.getName() + ":3");
            assertThat(service.weight()).isEqualTo(50);
            assertThat(service.labels()).containsEntry("tag", "gray").containsEntry("cell", "7");
            assertThat(service.implementation()).isEqualTo(Polite.class.getName());
        });
    }

    static class Unborn implements Greeter {
        static final List<String> BORN = new ArrayList<>();

        Unborn() {
            BORN.add("unborn");
        }

        @Override
        public String hello(String name) {
            return name;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class LazyMakers {
        @Bean
        @Lazy
        @RpcService
        Greeter unborn() {
            return new Unborn();
        }
    }

    @Test
    void makesNoServiceWhereNoServerRuns() {
        Started.of(LazyMakers.class).withPropertyValues("rpc.server.enabled=false").run(context -> {
            assertThat(context).doesNotHaveBean(RpcServerLifecycle.class);
            assertThat(Unborn.BORN).isEmpty();
        });
        Started.of(LazyMakers.class).run(context -> assertThat(Unborn.BORN).hasSize(1));
    }

    @Test
    void runsNoServerWithoutServices() {
        Started.of(Desk.class).run(context -> assertThat(context.getBean(RpcServerLifecycle.class).isRunning())
                .isFalse());
    }

    @Aspect
    @Component
    static class Shouting {
        @Around("execution(* io.bowline.rpc.spring.suite.ServiceTest.Polite.hello(..))")
        Object shout(ProceedingJoinPoint call) throws Throwable {
            return call.proceed().toString().toUpperCase(Locale.ROOT);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAspectJAutoProxy(proxyTargetClass = true)
    static class ByClass {}

    @Configuration(proxyBeanMethods = false)
    @EnableAspectJAutoProxy(proxyTargetClass = false)
    static class ByInterface {}

    @Test
    void callsWhatAspectsArePutAround() {
        Started.of(Polite.class, Desk.class, Shouting.class, ByClass.class)
                .withPropertyValues("spring.aop.auto=false")
                .run(context -> {
                    assertThat(AopUtils.isCglibProxy(context.getBean("polite"))).isTrue();
                    assertThat(context.getBean(Desk.class).greeter.hello("World"))
                            .isEqualTo("GOOD DAY, WORLD");
                });
        Started.of(Polite.class, Desk.class, Shouting.class, ByInterface.class)
                .withPropertyValues("spring.aop.auto=false")
                .run(context -> {
                    assertThat(AopUtils.isJdkDynamicProxy(context.getBean("polite")))
                            .isTrue();
                    assertThat(context.getBean(Desk.class).greeter.hello("World"))
                            .isEqualTo("GOOD DAY, WORLD");
                });
    }

    @RpcService
    @Transactional
    static class Transacted implements Greeter {
        @Override
        public String hello(String name) {
            return TransactionSynchronizationManager.isActualTransactionActive()
                    ? "in a transaction"
                    : "outside";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    static class Transactions {
        @Bean
        PlatformTransactionManager transactionManager() {
            return new Bookless();
        }
    }

    /** Transactions of nothing. */
    static class Bookless extends AbstractPlatformTransactionManager {
        private static final long serialVersionUID = 1;

        @Override
        protected Object doGetTransaction() {
            return new Object();
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {}

        @Override
        protected void doCommit(DefaultTransactionStatus status) {}

        @Override
        protected void doRollback(DefaultTransactionStatus status) {}
    }

    @Test
    void callsServicesInTheirTransactions() {
        Started.of(Transacted.class, Desk.class, Transactions.class)
                .run(context -> assertThat(context.getBean(Desk.class).greeter.hello("x"))
                        .isEqualTo("in a transaction"));
    }

    @RpcService(
            methods = {
                @RpcServiceMethod(name = "hello", executor = "kitchen"),
            })
    static class Cooked implements Greeter {
        @Override
        public String hello(String name) {
            return Thread.currentThread().getName();
        }
    }

    @RpcService
    static class Quick implements Greeter {
        @Override
        @NonBlocking
        public String hello(String name) {
            return Thread.currentThread().getName();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Kitchen {
        @Bean(destroyMethod = "shutdown")
        Executor kitchen() {
            return Executors.newSingleThreadExecutor(work -> new Thread(work, "kitchen-1"));
        }
    }

    @Aspect
    @Component
    static class Surrounding {
        @Around("within(io.bowline.rpc.spring.suite.ServiceTest.Quick)")
        Object around(ProceedingJoinPoint call) throws Throwable {
            return call.proceed();
        }
    }

    @Test
    void runsMethodsWhereTheirServiceSays() {
        Started.of(Cooked.class, Kitchen.class, Desk.class)
                .run(context -> assertThat(context.getBean(Desk.class).greeter.hello("x"))
                        .isEqualTo("kitchen-1"));
    }

    @Test
    void seesTheAnnotationsOfTheClassThatWasWrittenThroughProxies() {
        Started.of(Quick.class, Desk.class, Surrounding.class).run(context -> {
            assertThat(AopUtils.isAopProxy(context.getBean(Quick.class))).isTrue();
            assertThat(context.getBean(Desk.class).greeter.hello("x")).startsWith("bowline-io");
        });
    }

    interface Two {
        String two();
    }

    @RpcService
    static class Both implements Greeter, Two {
        @Override
        public String hello(String name) {
            return name;
        }

        @Override
        public String two() {
            return "2";
        }
    }

    @Test
    void failsTheStartWhereTheContractIsNotPlain() {
        Started.of(Both.class).run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("'serviceTest.Both'")
                .hasMessageContaining(Greeter.class.getName())
                .hasMessageContaining(Two.class.getName()));
    }
}

package io.bowline.rpc.spring.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.spring.ImportRpcReferences;
import io.bowline.rpc.spring.RpcReference;
import io.bowline.rpc.spring.RpcService;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/** Where references can be wanted, and what comes. */
class ReferenceTest {
    @RpcService
    static class Local implements Greeter {
        @Override
        public String hello(String name) {
            return "local " + name;
        }
    }

    @Component
    static class Everywhere {
        @RpcReference
        private Greeter field;

        private final Greeter constructor;
        private Greeter setter;
        private Greeter parameter;

        Everywhere(@RpcReference Greeter constructor) {
            this.constructor = constructor;
        }

        @RpcReference
        void setGreeter(Greeter greeter) {
            this.setter = greeter;
        }

        @Autowired
        void use(@RpcReference Greeter greeter, ObjectProvider<Runnable> others) {
            this.parameter = greeter;
        }
    }

    @Test
    void comesToConstructorsFieldsSettersAndParametersAndIsOneBean() {
        Started.of(Everywhere.class, Local.class).run(context -> {
            Everywhere bean = context.getBean(Everywhere.class);
            assertThat(bean.field)
                    .isSameAs(bean.constructor)
                    .isSameAs(bean.setter)
                    .isSameAs(bean.parameter);
            assertThat(bean.field.hello("x")).isEqualTo("local x");
            assertThat(context.getBean(RpcClient.class).references()).hasSize(1);
        });
    }

    record Wrapped(Optional<Greeter> greeter, Greeter plain) {}

    @Configuration(proxyBeanMethods = false)
    static class Makers {
        @Bean
        Wrapped wrapped(@RpcReference Optional<Greeter> greeter, @RpcReference ObjectProvider<Greeter> provider) {
            return new Wrapped(greeter, provider.getObject());
        }
    }

    @Test
    void comesToMethodsThatMakeBeansAndInsideOptionalsAndProviders() {
        Started.of(Makers.class).run(context -> {
            Wrapped bean = context.getBean(Wrapped.class);
            assertThat(bean.greeter()).containsSame(bean.plain());
        });
    }

    @Component
    record Compact(@RpcReference Greeter greeter) {}

    @Test
    void comesToRecords() {
        Started.of(Compact.class)
                .run(context -> assertThat(context.getBean(Compact.class).greeter())
                        .isInstanceOf(Proxy.class));
    }

    @Component
    static class Chooses {
        @Autowired
        private Greeter plain;

        @RpcReference
        private Greeter remote;
    }

    @Test
    void leavesPlainPlacesToTheApplicationsOwnImplementation() {
        Started.of(Chooses.class, Local.class).run(context -> {
            Chooses bean = context.getBean(Chooses.class);
            assertThat(bean.plain).isInstanceOf(Local.class);
            assertThat(bean.remote).isInstanceOf(Proxy.class);
            assertThat(bean.remote.hello("x")).isEqualTo("local x");
        });
    }

    @Component
    static class Several {
        @RpcReference
        private Greeter any;

        @RpcReference(version = "2")
        private Greeter second;

        @RpcReference(version = "${wanted.version}")
        private Greeter placeholder;

        @Autowired
        private Greeter plain;
    }

    @RpcService(version = "2")
    static class Second implements Greeter {
        @Override
        public String hello(String name) {
            return "second " + name;
        }
    }

    @Test
    void keepsReferencesOfOneInterfaceApart() {
        Started.of(Several.class, SeveralServices.class)
                .withPropertyValues("wanted.version=2")
                .run(context -> {
                    Several bean = context.getBean(Several.class);
                    assertThat(bean.any.hello("x")).isEqualTo("first x");
                    assertThat(bean.second.hello("x")).isEqualTo("second x");
                    assertThat(bean.placeholder.hello("x")).isEqualTo("second x");
                    assertThat(bean.plain).isSameAs(bean.any);
                });
    }

    /** Services that no plain place can get: their beans promise another type. */
    @Configuration(proxyBeanMethods = false)
    static class SeveralServices {
        @Bean(autowireCandidate = false)
        @RpcService
        Greeter first() {
            return name -> "first " + name;
        }

        @Bean(autowireCandidate = false)
        @RpcService(version = "2")
        Greeter second() {
            return new Second();
        }
    }

    @Component
    @ImportRpcReferences(Greeter.class)
    static class Imports {
        @Autowired
        private Greeter plain;

        @RpcReference
        private Greeter annotated;

        @RpcReference("greeter")
        private Greeter named;
    }

    @Test
    void sharesWhatIsImportedWithPlacesThatSayNothingMore() {
        Started.of(Imports.class).run(context -> {
            Imports bean = context.getBean(Imports.class);
            assertThat(bean.plain)
                    .isSameAs(bean.annotated)
                    .isSameAs(bean.named)
                    .isSameAs(context.getBean("greeter"));
        });
    }

    @Component
    @ImportRpcReferences(basePackageClasses = Greeter.class)
    static class ImportsAll {}

    @Test
    void importsTheInterfacesOfAPackage() {
        Started.of(ImportsAll.class)
                .run(context -> assertThat(context).hasSingleBean(Greeter.class).hasBean("greeter"));
    }

    @Component
    static class ByProperty {
        private final Greeter morning;
        private final Greeter evening;

        ByProperty(Greeter morning, @RpcReference("evening") Greeter evening) {
            this.morning = morning;
            this.evening = evening;
        }
    }

    @Test
    void makesBeansOfWhatPropertiesName() {
        Started.of(ByProperty.class)
                .withPropertyValues(
                        "rpc.client.morning.interface=" + Greeter.class.getName(),
                        "rpc.client.evening.interface=" + Greeter.class.getName(),
                        "rpc.client.evening.version=2")
                .run(context -> {
                    ByProperty bean = context.getBean(ByProperty.class);
                    assertThat(bean.morning).isSameAs(context.getBean("morning"));
                    assertThat(bean.evening).isSameAs(context.getBean("evening"));
                });
    }

    @Target({ElementType.FIELD, ElementType.PARAMETER})
    @Retention(RetentionPolicy.RUNTIME)
    @RpcReference(version = "2")
    @interface Renewed {}

    @Component
    static class Composed {
        @Renewed
        private Greeter greeter;
    }

    @Test
    void canBePartOfAnotherAnnotation() {
        Started.of(Composed.class)
                .run(context -> assertThat(context.getBean(Composed.class).greeter)
                        .hasToString("Greeter proxy of " + Greeter.class.getName() + ":2"));
    }

    interface Store<T> {
        T find(String key);
    }

    interface NameStore extends Store<String> {}

    @Component
    static class Generic {
        @RpcReference
        private NameStore names;

        @Autowired
        private Store<String> plain;
    }

    @RpcService(interfaceClass = NameStore.class)
    @Component
    static class Names implements NameStore {
        @Override
        public String find(String key) {
            return "name of " + key;
        }
    }

    @Test
    void goesByTheArgumentsOfGenericInterfaces() {
        Started.of(Generic.class).run(context -> {
            Generic bean = context.getBean(Generic.class);
            assertThat(bean.plain).isSameAs(bean.names);
        });
        Started.of(Generic.class, Names.class).run(context -> {
            Generic bean = context.getBean(Generic.class);
            assertThat(bean.plain).isInstanceOf(Names.class);
            assertThat(bean.names.find("7")).isEqualTo("name of 7");
        });
    }
}

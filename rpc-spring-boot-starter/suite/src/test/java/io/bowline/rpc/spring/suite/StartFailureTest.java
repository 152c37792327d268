package io.bowline.rpc.spring.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.spring.RpcReference;
import io.bowline.rpc.spring.RpcService;
import io.bowline.rpc.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/** An application that cannot start says why, and what to do. */
@ExtendWith(OutputCaptureExtension.class)
class StartFailureTest {
    @RpcService
    static class First implements Greeter {
        @Override
        public String hello(String name) {
            return name;
        }
    }

    @RpcService
    static class Second extends First {}

    private static void fails(List<String> properties, Class<?>... classes) {
        List<Class<?>> sources = new ArrayList<>(Arrays.asList(classes));
        sources.add(Started.Application.class);
        assertThatThrownBy(() -> new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
                        .web(WebApplicationType.NONE)
                        .properties("spring.main.banner-mode=off")
                        .properties(properties.toArray(String[]::new))
                        .run())
                .isInstanceOf(Exception.class);
    }

    @Test
    void thePortIsInUse(CapturedOutput output) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            fails(List.of("rpc.server.port=" + taken.getLocalPort()), First.class);
            assertThat(output)
                    .contains("APPLICATION FAILED TO START", "RPC-PORT-IN-USE", "rpc.server.port")
                    .contains(String.valueOf(taken.getLocalPort()));
        }
    }

    @Test
    void twoBeansOfferOneService(CapturedOutput output) {
        fails(List.of(), First.class, Second.class);
        assertThat(output)
                .contains("APPLICATION FAILED TO START", "RPC-DUPLICATE-SERVICE", Greeter.class.getName())
                .contains("another version or group");
    }

    @Configuration(proxyBeanMethods = false)
    static class WithOldNetty {
        /** As the JVM does it where Netty 4.1 stands on the class path. */
        @Bean
        Transport transport() {
            throw new NoClassDefFoundError("io/netty/channel/MultiThreadIoEventLoopGroup");
        }
    }

    @Test
    void nettyIsTooOld(CapturedOutput output) {
        fails(List.of(), First.class, WithOldNetty.class);
        assertThat(output)
                .contains("APPLICATION FAILED TO START", "io/netty/channel/MultiThreadIoEventLoopGroup")
                .contains("Set the property netty.version");
    }

    interface Threads {
        Supplier<Thread> current();
    }

    @Component
    static class WantsThreads {
        @RpcReference
        private Threads threads;
    }

    @Test
    void aTypeCannotBeSerialized(CapturedOutput output) {
        fails(List.of(), WantsThreads.class);
        assertThat(output).contains("APPLICATION FAILED TO START", "RPC-NOT-SERIALIZABLE", "Threads.current");
    }

    @Component
    static class WantsGreeter {
        @RpcReference(loadBalance = "round-robbin")
        private Greeter greeter;
    }

    @Test
    void aNameIsNotKnown(CapturedOutput output) {
        fails(List.of(), WantsGreeter.class);
        assertThat(output)
                .contains("APPLICATION FAILED TO START", "RPC-INVALID-CONFIGURATION", "Did you mean round-robin?");
    }

    @Component
    static class InAHurry {
        @RpcReference(timeout = "soon")
        private Greeter greeter;
    }

    @Test
    void anAttributeCannotBeRead(CapturedOutput output) {
        fails(List.of(), InAHurry.class);
        assertThat(output)
                .contains("APPLICATION FAILED TO START", "RPC-INVALID-CONFIGURATION", "timeout", "'soon'", "greeter");
    }

    @Component
    static class Wants {
        @RpcReference
        private Greeter greeter;
    }

    @Test
    void aRegistryIsNotKnown(CapturedOutput output) {
        fails(List.of("rpc.registry=zookeper://zk1:2181"), Wants.class);
        assertThat(output).contains("APPLICATION FAILED TO START", "RPC-INVALID-CONFIGURATION", "zookeper");
    }

    interface Other {
        String other();
    }

    @RpcService
    static class Both implements Greeter, Other {
        @Override
        public String hello(String name) {
            return name;
        }

        @Override
        public String other() {
            return "other";
        }
    }

    @Test
    void aServiceHasSeveralInterfaces(CapturedOutput output) {
        fails(List.of(), Both.class);
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("@RpcService(interfaceClass = Greeter.class) or @RpcService(interfaceClass = Other.class)");
    }

    @RpcService
    static class Bare {}

    @Test
    void aServiceHasNoInterface(CapturedOutput output) {
        fails(List.of(), Bare.class);
        assertThat(output).contains("APPLICATION FAILED TO START", "implements no interface", "Let the class implement");
    }

    @RpcService(interfaceClass = Greeter.class)
    static class Impostor {}

    @Test
    void aServiceIsNotWhatItSays(CapturedOutput output) {
        fails(List.of(), Impostor.class);
        assertThat(output).contains("APPLICATION FAILED TO START", "is not a " + Greeter.class.getName());
    }

    static class Hidden implements Runnable {
        @RpcReference
        private Greeter greeter;

        @Override
        public void run() {
            greeter.hello("");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Hides {
        @Bean
        Runnable hidden() {
            return new Hidden();
        }
    }

    @Test
    void aReferenceStandsWhereNobodyLooks(CapturedOutput output) {
        fails(List.of(), Hides.class);
        assertThat(output)
                .contains("APPLICATION FAILED TO START", "@RpcReference", "return the class rather than an interface");
    }
}

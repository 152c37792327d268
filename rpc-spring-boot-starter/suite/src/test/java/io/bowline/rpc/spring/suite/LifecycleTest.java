package io.bowline.rpc.spring.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.spring.RpcReference;
import io.bowline.rpc.spring.RpcService;
import io.bowline.rpc.spring.server.RpcServerLifecycle;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** How the server begins and ends with its context. */
@Timeout(60)
class LifecycleTest {
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Slow.class, Store.class, Desk.class, Readiness.class})
    static class Application {}

    @Component
    static class Store implements DisposableBean {
        private volatile boolean destroyed;

        @Override
        public void destroy() {
            destroyed = true;
        }
    }

    @RpcService
    static class Slow implements Greeter {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch mayEnd = new CountDownLatch(1);
        private final Store store;

        Slow(Store store) {
            this.store = store;
        }

        @Override
        public String hello(String name) {
            begun.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException cutOff) {
                return "cut off";
            }
            return store.destroyed ? "its beans are gone" : "served " + name;
        }
    }

    @Component
    static class Desk {
        @RpcReference(timeout = "50s")
        private Greeter greeter;
    }

    @Component
    static class Readiness {
        private final CountDownLatch refusing = new CountDownLatch(1);

        @EventListener
        void changed(AvailabilityChangeEvent<ReadinessState> event) {
            if (event.getState() == ReadinessState.REFUSING_TRAFFIC
                    && event.getSource() instanceof RpcServer) {
                refusing.countDown();
            }
        }
    }

    @Test
    void endsCallsBeforeTheWebServerAndTheBeans() throws Exception {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.SERVLET)
                .properties("server.port=0", "server.shutdown=graceful", "spring.main.banner-mode=off")
                .run();
        String port = context.getEnvironment().getProperty("local.server.port");
        Slow slow = context.getBean(Slow.class);
        Greeter greeter = context.getBean(Desk.class).greeter;
        Readiness readiness = context.getBean(Readiness.class);
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> greeter.hello("to the end"));
        assertThat(slow.begun.await(30, TimeUnit.SECONDS)).isTrue();

        CompletableFuture<Void> closed = CompletableFuture.runAsync(context::close);
        assertThat(readiness.refusing.await(30, TimeUnit.SECONDS)).isTrue();
        HttpResponse<String> web = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(web.statusCode()).as("the web server still answers").isEqualTo(404);
        assertThat(closed).isNotDone();

        slow.mayEnd.countDown();
        assertThat(answer).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("served to the end");
        assertThat(closed).succeedsWithin(Duration.ofSeconds(30));
        assertThat(slow.store.destroyed).isTrue();
    }

    @RpcService
    static class Quick implements Greeter {
        @Override
        public String hello(String name) {
            return "hello " + name;
        }
    }

    @Test
    void beginsAgainAfterItWasStopped() {
        Started.of(Quick.class, Desk.class).run(context -> {
            RpcServerLifecycle lifecycle = context.getBean(RpcServerLifecycle.class);
            lifecycle.stop();
            assertThat(lifecycle.isRunning()).isFalse();
            lifecycle.start();
            assertThat(lifecycle.isRunning()).isTrue();
            assertThat(lifecycle.server()).isNotNull().satisfies(server -> assertThat(server.services())
                    .hasSize(1));
        });
    }

    @Test
    void keepsAnApplicationAliveThatHasNothingButServices() {
        Started.of(Quick.class).run(context -> assertThat(Thread.getAllStackTraces().keySet())
                .anySatisfy(thread -> {
                    assertThat(thread.getName()).isEqualTo("bowline-serving");
                    assertThat(thread.isDaemon()).isFalse();
                }));
    }
}

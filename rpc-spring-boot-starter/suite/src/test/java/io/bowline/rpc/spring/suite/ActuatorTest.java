package io.bowline.rpc.spring.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.bowline.rpc.spring.RpcReference;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;

/** What an operator sees of a running application over HTTP. */
@Timeout(120)
class ActuatorTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Offers greetings, refers to them, and to what nobody offers. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Shop.class)
    static class Application {
        /** Nobody offers it. */
        public interface Nowhere {
            String ask();
        }

        record Web(Nowhere nowhere) {}

        @Bean
        Web web(@RpcReference("nowhere") Nowhere nowhere) {
            return new Web(nowhere);
        }
    }

    private final Map<String, Object> changing = new HashMap<>(Map.of("rpc.client.greeter.timeout", "30s"));
    private ConfigurableApplicationContext context;
    private int port;

    @BeforeEach
    void start() {
        start(Map.of());
    }

    private void start(Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(Map.of(
                "server.port", "0",
                "spring.main.banner-mode", "off",
                "rpc.server.advertise", "127.0.0.1",
                "management.endpoints.web.exposure.include", "rpc,health",
                "management.endpoint.health.show-details", "always",
                "management.endpoint.health.probes.enabled", "true"));
        properties.putAll(more);
        context = new SpringApplicationBuilder(Application.class)
                .initializers(starting -> {
                    starting.getEnvironment().getPropertySources().addFirst(new MapPropertySource("file", properties));
                    starting.getEnvironment().getPropertySources().addFirst(new MapPropertySource("remote", changing));
                })
                .run();
        port = Integer.parseInt(String.valueOf(context.getEnvironment().getProperty("local.server.port")));
    }

    @AfterEach
    void stop() {
        context.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/" + path));
    }

    private <T> T get(String path, String what) throws IOException, InterruptedException {
        return JsonPath.read(send(at(path)).body(), what);
    }

    @Test
    void theEndpointShowsWhatIsOfferedReferredToAndFailed() throws Exception {
        Application.Web web = context.getBean(Application.Web.class);
        assertThat(context.getBean(Shop.Caller.class).greeter().hello("you")).isEqualTo("Hello, you");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> web.nowhere().ask()))
                .hasMessageContaining("RPC-NO-PROVIDER");

        assertThat(this.<String>get("rpc", "$.server.state")).isEqualTo("SERVING");
        assertThat(this.<List<String>>get("rpc", "$.server.services[*].name")).containsExactly(Greeter.class.getName());
        assertThat(this.<List<Boolean>>get("rpc", "$.server.registrations[*].established")).containsExactly(true);
        assertThat(this.<Integer>get("rpc", "$.references.length()")).isEqualTo(2);
        assertThat(this.<List<String>>get("rpc", "$.failures[*].code")).containsExactly("RPC-NO-PROVIDER");
        assertThat(this.<List<String>>get("rpc", "$.failures[0].explanation")).isNotEmpty();
    }

    @Test
    void aReferenceIsShownWithWhatIsInForceAndByWhoseWord() throws Exception {
        String bean = this.<Map<String, Map<String, Object>>>get("rpc", "$.references").entrySet().stream()
                .filter(entry -> String.valueOf(entry.getValue().get("service")).contains("Greeter"))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        String path = "rpc/" + java.net.URLEncoder.encode(bean, java.nio.charset.StandardCharsets.UTF_8)
                .replace("+", "%20");
        assertThat(this.<String>get(path, "$.methods['hello(java.lang.String)'].timeout"))
                .isEqualTo("30000 ms, by rpc.client.greeter.timeout (remote)");
        assertThat(this.<List<String>>get(path, "$.providers[*].state")).containsExactly("connected");
        assertThat(send(at("rpc/nobody")).statusCode()).isEqualTo(404);
    }

    @Test
    void changedPropertiesAreObeyedWhenTheOperatorSaysSo() throws Exception {
        changing.put("rpc.client.greeter.timeout", "20s");
        HttpResponse<String> answer = send(at("rpc")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));
        assertThat(JsonPath.<List<String>>read(answer.body(), "$.changed"))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("timeout is 20000 ms by rpc.client.greeter.timeout (remote)"));
        assertThat(JsonPath.<List<String>>read(answer.body(), "$.refused")).isEmpty();
    }

    @Test
    void healthTellsOfServerRegistryAndReferences() throws Exception {
        assertThat(this.<String>get("health", "$.status")).isEqualTo("UP");
        assertThat(this.<String>get("health", "$.components.rpcServer.status")).isEqualTo("UP");
        assertThat(this.<String>get("health", "$.components.rpcRegistry.status")).isEqualTo("UP");
        assertThat(this.<String>get("health", "$.components.rpcReferences.status")).isEqualTo("UNKNOWN");
        assertThat(this.<Map<String, Object>>get("health", "$.components.rpcReferences.details")).hasSize(2);
        assertThat(this.<String>get("health/readiness", "$.status")).isEqualTo("UP");
        assertThat(this.<String>get("health/liveness", "$.status")).isEqualTo("UP");
    }

    @Test
    void anApplicationIsDownWithoutTheReferencesThatItRequires() throws Exception {
        stop();
        start(Map.of("rpc.health.required-references", "no-such"));
        assertThat(send(at("health")).statusCode()).isEqualTo(503);
        assertThat(this.<String>get("health", "$.components.rpcReferences.status")).isEqualTo("DOWN");
    }
}

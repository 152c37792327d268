package io.bowline.rpc.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Address;
import io.bowline.rpc.CallContext;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.filter.ConcurrencyLimitPolicy;
import io.bowline.rpc.filter.RetryPolicy;
import io.bowline.rpc.server.RpcServer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelBaggageManager;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three applications in a row, each with a tracer of its own, and what a collector gets of a call through them. */
@Timeout(60)
class TracesTest {
    /** The first in the row. */
    public interface Orders {
        String order(String what);
    }

    /** The second. */
    public interface Stock {
        CompletableFuture<String> take(String what);
    }

    private static final String ORDER = Orders.class.getName() + "/order";
    private static final String TAKE = Stock.class.getName() + "/take";

    private final OtlpReceiver collector = new OtlpReceiver();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Application web = new Application();
    private final Application orders = new Application();
    private final Application stock = new Application();

    /** A process, as far as tracing goes. */
    private final class Application {
        private final SdkTracerProvider provider = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(OtlpHttpSpanExporter.builder()
                        .setEndpoint(collector.endpoint())
                        .setTimeout(Duration.ofSeconds(20))
                        .build()))
                .build();
        private final OtelCurrentTraceContext current = new OtelCurrentTraceContext();
        private final Tracer spans = provider.get("test");
        private final OtelTracer tracer = new OtelTracer(
                spans, current, event -> {}, new OtelBaggageManager(current, List.of("tenant"), List.of()));
        private final ObservationRegistry registry = ObservationRegistry.create();

        Application() {
            OtelPropagator propagator = new OtelPropagator(
                    ContextPropagators.create(TextMapPropagator.composite(
                            W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance())),
                    spans);
            registry.observationConfig()
                    .observationHandler(new FirstMatchingCompositeObservationHandler(
                            new PropagatingSenderTracingObservationHandler<>(tracer, propagator),
                            new PropagatingReceiverTracingObservationHandler<>(tracer, propagator),
                            new DefaultTracingObservationHandler(tracer)));
        }

        String traceId() {
            io.micrometer.tracing.Span span = tracer.currentSpan();
            return span == null ? "none" : span.context().traceId();
        }
    }

    private <T> RpcServer serve(Application application, Class<T> contract, T service) {
        RpcServer server = RpcServer.builder()
                .listen(new Address("127.0.0.1", 0))
                .drainGrace(Duration.ZERO)
                .filter(ObservationFilter.server(application.registry))
                .concurrencyLimit(ConcurrencyLimitPolicy.fixed(1))
                .service(contract, service)
                .start();
        open.push(server);
        return server;
    }

    private <T> T proxy(Application application, Class<T> contract, RpcServer server) {
        RpcClient client = RpcClient.builder()
                .addresses(server.address())
                .retry(RetryPolicy.NONE)
                .filter(ObservationFilter.client(application.registry))
                .build();
        open.push(client);
        return client.proxy(contract);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        for (Application application : List.of(web, orders, stock)) {
            application.provider.shutdown().join(20, TimeUnit.SECONDS);
        }
        collector.close();
    }

    /** So many spans, once the collector has them: a server's span may end just after its answer has gone. */
    private List<Span> collected(int expected) {
        await().untilAsserted(() -> assertThat(collector.spans()).hasSizeGreaterThanOrEqualTo(expected));
        for (Application application : List.of(web, orders, stock)) {
            application.provider.forceFlush().join(20, TimeUnit.SECONDS);
        }
        assertThat(collector.spans()).hasSize(expected);
        return collector.spans();
    }

    private static Span only(List<Span> spans, Predicate<Span> which) {
        List<Span> found = spans.stream().filter(which).toList();
        assertThat(found).as("one of %s", spans).hasSize(1);
        return found.get(0);
    }

    private static Predicate<Span> named(String name, Span.SpanKind kind) {
        return span -> span.getName().equals(name) && span.getKind() == kind;
    }

    @Test
    void aCallThroughThreeApplicationsIsOneTrace() {
        CompletableFuture<String> traceInStock = new CompletableFuture<>();
        CompletableFuture<String> tenantInStock = new CompletableFuture<>();
        CompletableFuture<String> labels = new CompletableFuture<>();
        RpcServer second = serve(stock, Stock.class, what -> {
            traceInStock.complete(stock.traceId());
            tenantInStock.complete(
                    String.valueOf(stock.tracer.getBaggage("tenant").get()));
            labels.complete(CallContext.current().incoming().toString());
            return CompletableFuture.supplyAsync(() -> "one " + what);
        });
        Stock taken = proxy(orders, Stock.class, second);
        RpcServer first = serve(orders, Orders.class, what -> taken.take(what).join());
        Orders door = proxy(web, Orders.class, first);

        Observation request = Observation.start("request", web.registry);
        try (var scope = request.openScope();
                var tenant = web.tracer.createBaggageInScope("tenant", "blue")) {
            assertThat(scope).isNotNull();
            assertThat(tenant.get()).isEqualTo("blue");
            assertThat(door.order("tea")).isEqualTo("one tea");
        }
        request.stop();

        List<Span> spans = collected(5);
        Span root = only(spans, span -> span.getName().equals("request"));
        Span outer = only(spans, named(ORDER, Span.SpanKind.SPAN_KIND_CLIENT));
        Span outerServer = only(spans, named(ORDER, Span.SpanKind.SPAN_KIND_SERVER));
        Span inner = only(spans, named(TAKE, Span.SpanKind.SPAN_KIND_CLIENT));
        Span innerServer = only(spans, named(TAKE, Span.SpanKind.SPAN_KIND_SERVER));
        assertThat(spans).extracting(span -> OtlpReceiver.id(span.getTraceId())).containsOnly(traceInStock.join());
        assertThat(outer.getParentSpanId()).isEqualTo(root.getSpanId());
        assertThat(outerServer.getParentSpanId()).isEqualTo(outer.getSpanId());
        assertThat(inner.getParentSpanId()).isEqualTo(outerServer.getSpanId());
        assertThat(innerServer.getParentSpanId()).isEqualTo(inner.getSpanId());
        assertThat(tenantInStock.join()).isEqualTo("blue");
        assertThat(labels.join()).contains("traceparent").contains("baggage");
        assertThat(OtlpReceiver.attribute(outer, "rpc.system.name")).isEqualTo("bowline");
        assertThat(OtlpReceiver.attribute(outer, "rpc.service")).isEqualTo(Orders.class.getName());
        assertThat(OtlpReceiver.attribute(outer, "rpc.method")).isEqualTo(ORDER);
        assertThat(OtlpReceiver.attribute(outer, "rpc.response.status_code")).isEqualTo("OK");
        assertThat(OtlpReceiver.attribute(outer, "error.type")).isEmpty();
        assertThat(OtlpReceiver.attribute(outer, "server.address")).isEqualTo(Orders.class.getName());
        assertThat(OtlpReceiver.attribute(outerServer, "network.peer.address")).contains("127.0.0.1");
    }

    @Test
    void aFailureIsOneOnBothSides() {
        RpcServer server = serve(orders, Orders.class, what -> {
            throw new IllegalArgumentException("no " + what);
        });
        Orders door = proxy(web, Orders.class, server);
        assertThatThrownBy(() -> door.order("tea")).hasMessageContaining("no tea");
        List<Span> spans = collected(2);
        assertThat(spans).allSatisfy(span -> {
            assertThat(OtlpReceiver.attribute(span, "error.type")).isEqualTo("APPLICATION");
            assertThat(OtlpReceiver.attribute(span, "rpc.response.status_code")).isEqualTo("APPLICATION");
            assertThat(span.getStatus().getCode().name()).isEqualTo("STATUS_CODE_ERROR");
            assertThat(span.getEventsList()).extracting(Span.Event::getName).contains("exception");
        });
    }

    @Test
    void whatAServerRefusesIsInTheTraceToo() throws Exception {
        CompletableFuture<String> taken = new CompletableFuture<>();
        CompletableFuture<Void> arrived = new CompletableFuture<>();
        RpcServer server = serve(stock, Stock.class, what -> {
            arrived.complete(null);
            return taken;
        });
        Stock door = proxy(web, Stock.class, server);
        CompletableFuture<String> first = door.take("tea");
        arrived.get(20, TimeUnit.SECONDS);
        assertThatThrownBy(() -> door.take("jam").join()).hasMessageContaining("OVERLOADED");
        taken.complete("tea");
        first.join();
        List<Span> spans = collected(4);
        assertThat(spans)
                .filteredOn(span -> OtlpReceiver.attribute(span, "error.type").equals("OVERLOADED"))
                .extracting(Span::getKind)
                .containsExactlyInAnyOrder(Span.SpanKind.SPAN_KIND_CLIENT, Span.SpanKind.SPAN_KIND_SERVER);
    }

    @Test
    void whoHandlesNoObservationsSendsNoLabels() {
        CompletableFuture<Integer> labels = new CompletableFuture<>();
        Application silent = web;
        ObservationRegistry nobody = ObservationRegistry.create();
        RpcServer server = RpcServer.builder()
                .listen(new Address("127.0.0.1", 0))
                .drainGrace(Duration.ZERO)
                .filter(ObservationFilter.server(nobody))
                .service(Orders.class, what -> {
                    labels.complete(CallContext.current().incoming().size());
                    return silent.traceId();
                })
                .start();
        open.push(server);
        RpcClient client = RpcClient.builder()
                .addresses(server.address())
                .filter(ObservationFilter.client(nobody))
                .build();
        open.push(client);
        assertThat(client.proxy(Orders.class).order("tea")).isEqualTo("none");
        assertThat(labels.join()).isZero();
        assertThat(collected(0)).isEmpty();
    }
}

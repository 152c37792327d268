package io.bowline.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bowline.rpc.Address;
import io.bowline.rpc.CallContext;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.discovery.InMemoryRegistry;
import io.bowline.rpc.filter.Degradation;
import io.bowline.rpc.filter.Fallback;
import io.bowline.rpc.filter.FallbackPolicy;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.testkit.TextSerializer;
import io.bowline.rpc.transport.LocalTransport;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a caller sees of a fallback, over a client whose registry knows nobody until a test starts a server. */
class FallbackTest {
    /** The contract of this test. */
    public interface Greeter {
        String hello(String name);

        CompletableFuture<String> later(String name);

        String both(String left, String right);
    }

    private static class Polite implements Greeter {
        @Override
        public String hello(String name) {
            return "polite " + name;
        }

        @Override
        public CompletableFuture<String> later(String name) {
            return CompletableFuture.supplyAsync(() -> "later " + name);
        }

        @Override
        public String both(String left, String right) {
            throw new IllegalStateException("nothing polite to say");
        }
    }

    private final LocalTransport transport = new LocalTransport();
    private final InMemoryRegistry registry = InMemoryRegistry.named("fallback-test-" + System.nanoTime());
    private final Degradation degradation = new Degradation();
    private final RpcClient client = RpcClient.builder()
            .registry(registry)
            .transport(transport)
            .serializer(new TextSerializer())
            .degradation(degradation)
            .build();

    @AfterEach
    void stop() {
        client.close();
        transport.close();
    }

    private Greeter greeter(UnaryOperator<ReferenceOptions> options) {
        return client.proxy(Greeter.class, options);
    }

    private static Code code(Runnable call) {
        return catchThrowableOfType(RpcException.class, call::run).code();
    }

    @Test
    void aLambdaAnswersForMethodsOfOneArgument() {
        Greeter greeter = greeter(o -> o.fallback(n -> "hi " + n));
        assertThat(greeter.hello("you")).isEqualTo("hi you");
        assertThat(greeter.later("you").join()).isEqualTo("hi you");
        assertThat(code(() -> greeter.both("a", "b"))).isEqualTo(Code.NO_PROVIDER);
    }

    @Test
    void aLambdaMaySayItsType() {
        assertThat(greeter(o -> o.fallback((String n) -> n.toUpperCase(Locale.ROOT)))
                        .hello("you"))
                .isEqualTo("YOU");
    }

    @Test
    void aLambdaMaySeeAllArgumentsAndTheFailure() {
        Greeter greeter = greeter(o -> o.fallback((arguments, failure) -> arguments[1] + " " + failure.code()));
        assertThat(greeter.both("a", "b")).isEqualTo("b NO_PROVIDER");
    }

    @Test
    void aLambdaMayAnswerLater() {
        Greeter greeter = greeter(o -> o.fallback(n -> CompletableFuture.supplyAsync(() -> "in a moment, " + n)));
        assertThat(greeter.hello("you")).isEqualTo("in a moment, you");
    }

    @Test
    void anImplementationAnswersForEachMethod() {
        Greeter greeter = greeter(o -> o.fallback(new Polite()));
        assertThat(greeter.hello("you")).isEqualTo("polite you");
        assertThat(greeter.later("you").join()).isEqualTo("later you");
    }

    @Test
    void whatAFallbackThrowsArrivesWithTheFailureBehindIt() {
        Greeter greeter = greeter(o -> o.fallback(new Polite()));
        IllegalStateException thrown = catchThrowableOfType(IllegalStateException.class, () -> greeter.both("a", "b"));
        assertThat(thrown).hasMessage("nothing polite to say");
        assertThat(thrown.getSuppressed()).hasSize(1);
        assertThat(((RpcException) thrown.getSuppressed()[0]).code()).isEqualTo(Code.NO_PROVIDER);
    }

    @Test
    void aFactorySeesTheFailure() {
        CopyOnWriteArrayList<Code> seen = new CopyOnWriteArrayList<>();
        Greeter greeter = greeter(o -> o.fallback(Fallback.from(failure -> {
            seen.add(failure.code());
            return new Polite();
        })));
        assertThat(greeter.hello("you")).isEqualTo("polite you");
        assertThat(seen).containsExactly(Code.NO_PROVIDER);
    }

    @Test
    void aFactoryThatMakesSomethingElseIsTold() {
        Greeter greeter = greeter(o -> o.fallback(Fallback.from(failure -> "text")));
        assertThatThrownBy(() -> greeter.hello("you"))
                .hasMessageContaining("java.lang.String (expected: an implementation of " + Greeter.class.getName());
    }

    @Test
    void aConstantAnswers() {
        assertThat(greeter(o -> o.fallback(Fallback.value("closed"))).hello("you"))
                .isEqualTo("closed");
        assertThat(greeter(o -> o.fallback(Fallback.value(null))).hello("you")).isNull();
    }

    @Test
    void aConstantFailureReplacesTheFailure() {
        Greeter greeter = greeter(o -> o.fallback(Fallback.failure(why -> new IllegalStateException("away", why))));
        assertThatThrownBy(() -> greeter.hello("you")).hasMessage("away").hasCauseInstanceOf(RpcException.class);
        assertThatThrownBy(() -> greeter.later("you").join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void theMethodsWordStandsAboveTheReferences() {
        Greeter greeter = greeter(o -> o.fallback(n -> "all " + n)
                .method("hello", m -> m.fallback(n -> "hello " + n))
                .method("later", m -> m.fallback(Fallback.NONE)));
        assertThat(greeter.hello("you")).isEqualTo("hello you");
        assertThatThrownBy(() -> greeter.later("you").join()).hasMessageContaining("RPC-NO-PROVIDER");
    }

    @Test
    void whatDoesNotSuitTheContractIsRefusedWhenTheProxyIsMade() {
        assertThatThrownBy(() -> greeter(o -> o.fallback("text")))
                .hasMessageStartingWith("RPC-INVALID-CONFIGURATION fallback of ")
                .hasMessageContaining(
                        "by reference: java.lang.String (expected: an implementation of " + Greeter.class.getName());
        assertThatThrownBy(() -> greeter(o -> o.method("hello", m -> m.fallback(Fallback.value(7)))))
                .hasMessageContaining("by method hello: java.lang.Integer (expected: a java.lang.String)");
    }

    @Test
    void anAnswerThatDoesNotSuitTheMethodSaysSo() {
        Greeter greeter = greeter(o -> o.fallback(n -> 7));
        assertThatThrownBy(() -> greeter.hello("you"))
                .isInstanceOf(ClassCastException.class)
                .hasMessage("java.lang.Integer (expected: a java.lang.String)");
    }

    @Test
    void thePolicyOfTheReferenceIsObeyed() {
        Greeter greeter = greeter(o -> o.fallback(n -> "hi " + n).fallbackPolicy(FallbackPolicy.DEGRADED_ONLY));
        assertThat(code(() -> greeter.hello("you"))).isEqualTo(Code.NO_PROVIDER);
    }

    @Test
    void aFallbackRunsInTheContextOfItsCallAndNotOnAnIoThread() {
        Greeter greeter = greeter(o -> o.fallback(n -> {
            CallContext context = CallContext.current();
            return context.outgoing().get("tenant") + " " + (context.deadline() != null) + " "
                    + Thread.currentThread().getName().startsWith("bowline-callback");
        }));
        CallContext.NONE
                .sending("tenant", "blue")
                .run(() -> assertThat(greeter.hello("you")).startsWith("blue true"));
    }

    @Test
    void theSwitchIsFlippedWhileTheClientRuns() {
        try (RpcServer server = RpcServer.builder()
                .listen(new Address("localhost", 0))
                .registry(registry)
                .transport(transport)
                .serializer(new TextSerializer())
                .service(Greeter.class, new Polite())
                .start()) {
            Greeter greeter = greeter(o -> o.method("hello", m -> m.fallback(n -> "hi " + n)));
            assertThat(server.address()).isNotNull();
            assertThat(greeter.hello("you")).isEqualTo("polite you");
            degradation.force(Greeter.class.getName());
            assertThat(greeter.hello("you")).isEqualTo("hi you");
            assertThat(code(() -> greeter.both("a", "b"))).isEqualTo(Code.DEGRADED);
            degradation.lift(Greeter.class.getName());
            assertThat(greeter.hello("you")).isEqualTo("polite you");
        }
    }
}

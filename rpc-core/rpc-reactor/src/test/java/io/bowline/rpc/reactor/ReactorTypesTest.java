package io.bowline.rpc.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Address;
import io.bowline.rpc.CallContext;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.serialization.json.JsonSerializer;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.transport.LocalTransport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Contracts with Mono and Flux, between two sides that both have them, and with one that does not. */
class ReactorTypesTest {
    /** The contract. */
    public interface Numbers {
        Mono<Integer> next(int number);

        Mono<String> never();

        Mono<Integer> failing();

        Flux<Integer> upTo(int last);

        Mono<Integer> sum(Flux<Integer> numbers);

        Flux<Integer> doubled(Flux<Integer> numbers);
    }

    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final LocalTransport transport = new LocalTransport();
    private RpcServer server;
    private RpcClient client;
    private Numbers numbers;

    private final class Service implements Numbers {
        @Override
        public Mono<Integer> next(int number) {
            calls.incrementAndGet();
            return number == 0 ? Mono.empty() : Mono.just(number + 1);
        }

        @Override
        public Mono<String> never() {
            return Mono.<String>never().doOnCancel(cancelled::incrementAndGet);
        }

        @Override
        public Mono<Integer> failing() {
            return Mono.error(new IllegalStateException("no number"));
        }

        @Override
        public Flux<Integer> upTo(int last) {
            calls.incrementAndGet();
            return Flux.range(0, last).doOnCancel(cancelled::incrementAndGet);
        }

        @Override
        public Mono<Integer> sum(Flux<Integer> numbers) {
            return numbers.reduce(0, Integer::sum);
        }

        @Override
        public Flux<Integer> doubled(Flux<Integer> numbers) {
            return numbers.map(number -> 2 * number);
        }
    }

    @BeforeEach
    void start() {
        server = RpcServer.builder()
                .transport(transport)
                .serializer(JsonSerializer.create())
                .listen(new Address("reactor", 1))
                .drainGrace(Duration.ZERO)
                .service(Numbers.class, new Service())
                .start();
        client = RpcClient.builder()
                .transport(transport)
                .serializer(JsonSerializer.create())
                .timeout(Duration.ofSeconds(30))
                .addresses(server.address())
                .build();
        numbers = client.proxy(Numbers.class);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
        transport.close();
    }

    @Test
    void aMonoIsACallForEachSubscription() {
        Mono<Integer> next = numbers.next(1);
        assertThat(calls).hasValue(0);
        assertThat(next.block()).isEqualTo(2);
        assertThat(next.block()).isEqualTo(2);
        assertThat(calls).hasValue(2);
        assertThat(numbers.next(0).blockOptional()).isEmpty();
    }

    @Test
    void failuresAreTheServicesOwn() {
        assertThatThrownBy(() -> numbers.failing().block())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no number");
    }

    @Test
    void whoCancelsCancelsTheServicesMono() {
        Disposable call = numbers.never().subscribe();
        await().until(() -> server.running() == 1);
        call.dispose();
        await().untilAsserted(() -> assertThat(cancelled).hasValue(1));
    }

    @Test
    void aFluxHoldsItsWriter() {
        assertThat(numbers.upTo(3).collectList().block()).containsExactly(0, 1, 2);
        assertThat(numbers.upTo(1_000_000).take(5).collectList().block()).hasSize(5);
        await().untilAsserted(() -> assertThat(cancelled).hasValue(1));
    }

    @Test
    void aFluxGoesBothWays() {
        assertThat(numbers.sum(Flux.range(0, 1_000)).block()).isEqualTo(499_500);
        assertThat(numbers.doubled(Flux.range(0, 1_000)).collectList().block())
                .hasSize(1_000)
                .contains(1_998);
        assertThatThrownBy(() -> numbers.sum(null).block()).hasMessageContaining("argument 1 is null");
        assertThatThrownBy(() -> numbers.sum(Flux.error(new IllegalArgumentException("odd")))
                        .block())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatTravelsIsTheSameWithoutThem() {
        assertThat(client.generic(Numbers.class.getName()).call("next(int)", 4)).isEqualTo(5);
    }

    @Test
    void aFallbackAnswersWithThem() {
        Numbers covered = client.proxy(Numbers.class, o -> o.fallback(new Service()));
        server.close();
        assertThat(covered.next(1).block()).isEqualTo(2);
        assertThat(covered.upTo(2).collectList().block()).isEqualTo(List.of(0, 1));
    }

    @Test
    void aCallIsMadeInTheContextOfWhoSubscribes() {
        Mono<Integer> next = numbers.next(1);
        AtomicInteger received = new AtomicInteger();
        CallContext.NONE.receiving(labels -> received.incrementAndGet()).run(next::block);
        assertThat(received).hasValue(1);
    }
}

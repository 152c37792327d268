package io.bowline.rpc.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.Address;
import io.bowline.rpc.CallContext;
import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.serialization.protostuff.ProtostuffSerializer;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.stream.Streams;
import io.bowline.rpc.transport.IoThread;
import io.bowline.rpc.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes with a call: labels there and back, baggage, deadlines; and that nothing of it stays behind. */
abstract class ContextContract implements OverTransport {
    private static final Duration LONG = Duration.ofSeconds(30);

    /** The contract of both services, of which the first calls the second. */
    public interface Stop {
        /** What the handler knows of its call, in words. */
        String context();

        CompletableFuture<String> later();

        Flow.Publisher<String> stream(int elements);

        String read(Flow.Publisher<String> texts);

        /** Has the service do whatever the test wants. */
        CompletableFuture<String> ask();
    }

    private final ExecutorService oneThread = Executors.newSingleThreadExecutor();
    private final Queue<CompletableFuture<String>> waiting = new ConcurrentLinkedQueue<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private volatile Function<Stop, CompletableFuture<String>> asked;
    private Transport transport;
    private RpcClient client;
    private Stop first;

    /** The second answers; the first, of two handlers, calls it when it is asked. */
    @BeforeEach
    void start() {
        transport = keep(transport());
        RpcServer last = serve(new Answering(null));
        Stop second = connect(last.address()).proxy(Stop.class);
        RpcServer server = serve(new Answering(second));
        client = connect(server.address());
        first = client.proxy(Stop.class);
    }

    private RpcServer serve(Stop service) {
        ExecutorService two = Executors.newFixedThreadPool(2);
        RpcServer server = keep(RpcServer.builder()
                .transport(transport)
                .serializer(ProtostuffSerializer.create())
                .listen(free())
                .executor(two)
                .drainGrace(Duration.ofMillis(200))
                .service(Stop.class, service)
                .start());
        keep((AutoCloseable) two::shutdownNow);
        return server;
    }

    private RpcClient connect(Address address) {
        return keep(RpcClient.builder()
                .transport(transport)
                .serializer(ProtostuffSerializer.create())
                .timeout(LONG)
                .callbackExecutor(oneThread)
                .addresses(address)
                .build());
    }

    private <C extends AutoCloseable> C keep(C closeable) {
        open.add(0, closeable);
        return closeable;
    }

    @AfterEach
    void stop() throws Exception {
        waiting.forEach(future -> future.complete("over"));
        for (AutoCloseable each : open) {
            each.close();
        }
        oneThread.shutdownNow();
    }

    private static String words() {
        CallContext context = CallContext.current();
        Metadata in = context.incoming();
        return in.get("who") + " " + in.get("baggage.lane") + " " + (context.deadline() == null ? "no limit" : "limit");
    }

    private final class Answering implements Stop {
        private final Stop next;

        Answering(Stop next) {
            this.next = next;
        }

        @Override
        public String context() {
            CallContext.current().answerWith("by", Thread.currentThread().getName());
            CallContext.current().answerWith("by", "the service");
            return words();
        }

        @Override
        public CompletableFuture<String> later() {
            CallContext mine = CallContext.current();
            CompletableFuture<String> later = new CompletableFuture<>();
            waiting.add(later);
            return later.whenComplete((text, thrown) -> mine.answerWith("by", "another thread"));
        }

        @Override
        public Flow.Publisher<String> stream(int elements) {
            CallContext.current().answerWith("by", "the stream");
            return new Counted<>(elements, i -> words(), null);
        }

        @Override
        public String read(Flow.Publisher<String> texts) {
            List<String> read = new ArrayList<>();
            Tape<String> tape = new Tape<>(text -> read.add(text + " " + words()));
            texts.subscribe(tape);
            tape.request(9);
            assertThat(tape.end()).isNull();
            return read.toString();
        }

        @Override
        public CompletableFuture<String> ask() {
            return asked.apply(next);
        }
    }

    private CallContext labelled() {
        return CallContext.NONE.sending("who", "tester").sending("baggage.lane", "blue");
    }

    @Test
    void labelsComeBackWithAnAnswer() {
        List<Metadata> labels = new ArrayList<>();
        CallContext receiving = CallContext.NONE.receiving(told -> {
            assertThat(Thread.currentThread()).isNotInstanceOf(IoThread.class);
            labels.add(told);
        });
        receiving.run(first::context);
        CompletableFuture<String> later = receiving.call(first::later);
        await().until(() -> !waiting.isEmpty());
        waiting.remove().complete("now");
        assertThat(later.join()).isEqualTo("now");
        Tape<String> tape = receiving.call(() -> Tape.of(first.stream(2)).request(9));
        assertThat(tape.end()).isNull();
        assertThat(labels)
                .extracting(each -> each.get("by"))
                .containsExactly("the service", "another thread", "the stream");
        assertThat(first.context()).isNotEmpty();
        assertThat(labels).as("of calls made elsewhere").hasSize(3);
    }

    @Test
    void whoFailsOnLabelsHasTheAnswerAllTheSame() {
        CallContext broken = CallContext.NONE.receiving(labels -> {
            throw new IllegalStateException("cannot read labels");
        });
        assertThat(broken.call(first::context)).isEqualTo("null null limit");
    }

    @Test
    void onlyAHandlerAnswersWithLabels() {
        assertThatThrownBy(() -> CallContext.current().answerWith("who", "nobody"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("outside a handler");
    }

    @Test
    void baggageGoesOnAndOtherLabelsDoNot() {
        asked = next -> CompletableFuture.completedFuture(words() + ", " + next.context());
        assertThat(labelled().call(first::ask).join()).isEqualTo("tester blue limit, null blue limit");
    }

    /** What a handler attaches to a future runs in its context, and so does what it hands over as such. */
    @Test
    void whatAHandlerGoesOnWithIsInItsContext() {
        asked = next -> next == null
                ? CompletableFuture.completedFuture("")
                : next.ask().thenApply(text -> next.context());
        assertThat(labelled().call(first::ask).join()).isEqualTo("null blue limit");
        ExecutorService pool = Executors.newSingleThreadExecutor();
        keep((AutoCloseable) pool::shutdownNow);
        asked = next -> CompletableFuture.supplyAsync(next::context, CallContext.carrying(pool));
        assertThat(labelled().call(first::ask).join()).isEqualTo("null blue limit");
        asked = next -> CompletableFuture.supplyAsync(next::context, pool);
        assertThat(labelled().call(first::ask).join())
                .as("a thread that has not been told")
                .isEqualTo("null null limit");
    }

    @Test
    void aCallersContextGoesOnWithItsFuture() {
        asked = next -> CompletableFuture.completedFuture("");
        CompletableFuture<String> sent = labelled()
                .call(() -> first.ask()
                        .thenApply(text -> CallContext.current().outgoing().get("who")));
        assertThat(sent.join()).isEqualTo("tester");
    }

    @Test
    void streamsAreInTheirContextAtBothEnds() {
        List<String> outgoing = new ArrayList<>();
        Tape<String> tape =
                new Tape<>(text -> outgoing.add(CallContext.current().outgoing().get("who")));
        labelled().run(() -> first.stream(2).subscribe(tape));
        tape.request(9);
        assertThat(tape.end()).isNull();
        assertThat(tape.heard()).containsExactly("tester blue no limit", "tester blue no limit");
        assertThat(outgoing).containsExactly("tester", "tester");
        assertThat(labelled().call(() -> first.read(Streams.from(List.of("a", "b")))))
                .isEqualTo("[a tester blue limit, b tester blue limit]");
    }

    @Test
    void aDetachedCallOutlivesItsHandler() {
        CompletableFuture<CompletableFuture<String>> nested = new CompletableFuture<>();
        CompletableFuture<Cancellation> handler = new CompletableFuture<>();
        asked = next -> {
            nested.complete(CallContext.current().detached().call(next::later));
            handler.complete(CallContext.current().cancellation());
            return new CompletableFuture<>();
        };
        CompletableFuture<String> call = first.ask();
        await().until(() -> !waiting.isEmpty());
        call.cancel(true);
        await().until(() -> handler.join().isCancelled());
        waiting.remove().complete("done all the same");
        assertThat(nested.join().join()).isEqualTo("done all the same");
    }

    @Test
    void nothingOfACallStaysOnAThread() throws Exception {
        asked = next -> {
            throw new IllegalStateException("after labels");
        };
        for (int i = 0; i < 20; i++) {
            assertThat(labelled().call(first::context)).isEqualTo("tester blue limit");
            assertThatThrownBy(() -> labelled().run(() -> first.ask().join())).hasMessageContaining("after labels");
            assertThat(first.context()).isEqualTo("null null limit");
        }
        labelled().call(() -> Tape.of(first.stream(1)).request(9)).end();
        assertThat(oneThread.submit(CallContext::current).get(5, TimeUnit.SECONDS))
                .isSameAs(CallContext.NONE);
        assertThat(CallContext.current()).isSameAs(CallContext.NONE);
    }

    @Test
    void aHandlerThatAnswersLaterHasFreedItsThread() {
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            answers.add(first.later());
        }
        await().until(() -> waiting.size() == 1_000);
        assertThat(first.context()).as("a handler is free").isEqualTo("null null limit");
        waiting.forEach(future -> future.complete("at last"));
        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo("at last"));
    }
}

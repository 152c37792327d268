package io.bowline.rpc.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.bowline.rpc.CallListener;
import io.bowline.rpc.Filter;
import io.bowline.rpc.Invoker;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.Request;
import io.bowline.rpc.Response;
import io.bowline.rpc.Timer;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.client.RpcClientBuilder;
import io.bowline.rpc.server.RpcServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FlightEventsTest {
    private static final String CLIENT = "io.bowline.rpc.ClientCall";
    private static final String SERVER = "io.bowline.rpc.ServerCall";
    private static final String ATTEMPT = "io.bowline.rpc.Attempt";

    private final Observed world = new Observed();
    private final RpcServer server = world.server(s -> s.filter(FlightEvents.server()));

    @TempDir
    private Path folder;

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    private RpcClient client() {
        return world.client(FlightEventsTest::watched, server);
    }

    private static RpcClientBuilder watched(RpcClientBuilder client) {
        return client.filter(FlightEvents.client()).listener(FlightEvents.attempts());
    }

    private List<RecordedEvent> recorded(List<String> events, Runnable calls) throws IOException {
        Path file = folder.resolve("flight.jfr");
        try (Recording recording = new Recording()) {
            events.forEach(event -> recording.enable(event).withoutThreshold());
            recording.start();
            calls.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("io.bowline.rpc."))
                .toList();
    }

    private static RecordedEvent only(List<RecordedEvent> events, String name, String status) {
        List<RecordedEvent> found = events.stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .filter(event -> event.getString("status").equals(status))
                .toList();
        assertThat(found).as("%s in %s", name, events).hasSize(1);
        return found.get(0);
    }

    @Test
    void eachPhaseOfACallIsAnEvent() throws IOException {
        RpcClient client = client();
        Observed.Shop shop = client.proxy(Observed.Shop.class);
        Observed.Shop other = client.proxy(Observed.Shop.class, o -> o.version("9"));
        List<RecordedEvent> events = recorded(List.of(CLIENT, SERVER, ATTEMPT), () -> {
            shop.buy("tea");
            assertThatThrownBy(() -> shop.buy("the moon")).isInstanceOf(RuntimeException.class);
            assertThatThrownBy(() -> other.buy("tea")).isInstanceOf(RuntimeException.class);
        });
        RecordedEvent call = only(events, CLIENT, "OK");
        assertThat(call.getString("service")).isEqualTo(Observed.SERVICE);
        assertThat(call.getString("method")).isEqualTo("buy(java.lang.String)");
        RecordedEvent served = only(events, SERVER, "OK");
        assertThat(served.getDuration("queueTime")).isBetween(Duration.ZERO, Duration.ofSeconds(60));
        assertThat(served.getString("peer")).isNotEmpty();
        RecordedEvent attempt = only(events, ATTEMPT, "OK");
        assertThat(attempt.getString("provider")).isEqualTo(server.address().toString());
        Duration took = attempt.getDuration("took");
        for (String phase : List.of("queue", "encode", "wire", "serverQueue", "handler", "decode")) {
            assertThat(attempt.getDuration(phase)).as(phase).isBetween(Duration.ZERO, took);
        }
        assertThat(attempt.getDuration("handler")).isPositive();
        only(events, CLIENT, "APPLICATION");
        only(events, SERVER, "APPLICATION");
        only(events, ATTEMPT, "APPLICATION");
        assertThat(only(events, SERVER, "SERVICE_NOT_FOUND").getString("method"))
                .as("refused, and unknown by name")
                .isEqualTo("_OTHER");
    }

    @Test
    void attemptsAreOffUnlessARecordingAsksForThem() throws IOException {
        CallListener attempts = FlightEvents.attempts();
        assertThat(attempts.records(Requests.FIND)).isFalse();
        Observed.Shop shop = client().proxy(Observed.Shop.class);
        List<RecordedEvent> events = recorded(List.of(CLIENT), () -> shop.buy("tea"));
        assertThat(events)
                .extracting(event -> event.getEventType().getName())
                .contains(CLIENT)
                .doesNotContain(ATTEMPT);
    }

    @Test
    void aCallThatNobodyRecordsTakesNoMemory() {
        CompletableFuture<Response> answer = CompletableFuture.completedFuture(Response.of("tea"));
        Invoker bare = request -> answer;
        Request request = Requests.of(Requests.FIND, Timer.system(), Metadata.EMPTY);
        for (Filter filter : List.of(FlightEvents.client(), FlightEvents.server())) {
            Invoker watched = filter.before(bare);
            assertThat(allocatedBy(100_000, watched, request)).isLessThan(100_000);
        }
    }

    /** Bytes; of a thousandth of the calls before, which load what has to be loaded, none. */
    private static long allocatedBy(int calls, Invoker invoker, Request request) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 1_000; i++) {
            invoker.invoke(request);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < calls; i++) {
            invoker.invoke(request);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}

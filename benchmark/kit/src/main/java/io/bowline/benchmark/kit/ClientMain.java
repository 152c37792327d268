package io.bowline.benchmark.kit;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/**
 * The client's process: {@code ClientMain <peer> <port> <control port> <JMH's log>}. It connects once and stays warm;
 * each line of standard input is an order, answered by a line that begins with {@code RESULT} or {@code FAILED}:
 *
 * <pre>{@code
 * check                                                   are the answers of all four operations right?
 * wire                                                    bytes per existUser each way
 * run <sync|async> <operation> <threads> <thrpt|sample> <warm-up s> <measure s>
 * }</pre>
 *
 * The process is the fork: JMH runs inside it without forking again, since what is measured is one warm client.
 */
public final class ClientMain {
    private final Peer peer;
    private final int port;
    private final UserClient client;
    private final String log;

    private ClientMain(Peer peer, int port, UserClient client, String log) {
        this.peer = peer;
        this.port = port;
        this.client = client;
        this.log = log;
    }

    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        Peer peer = Peers.named(args[0]);
        int port = Integer.parseInt(args[1]);
        UserClient client = peer.connect(port);
        Session.open(client, peer.async() ? client.async() : null, new Meter(Integer.parseInt(args[2])));
        ClientMain main = new ClientMain(peer, port, client, args[3]);
        out.println("RESULT " + peer.description());
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            try {
                out.println("RESULT " + main.obey(order.split(" ", -1)));
            } catch (Exception | AssertionError failed) {
                failed.printStackTrace();
                out.println("FAILED " + order + ": " + root(failed).toString().replace('\n', ' '));
            }
        }
        client.close();
        System.exit(0); // Some frameworks leave threads behind.
    }

    /** What JMH wraps: as a cause, or as what it suppressed. */
    private static Throwable root(Throwable thrown) {
        if (thrown.getCause() != null) {
            return root(thrown.getCause());
        }
        return thrown.getSuppressed().length > 0 ? root(thrown.getSuppressed()[0]) : thrown;
    }

    private String obey(String[] order) throws Exception {
        return switch (order[0]) {
            case "check" -> check();
            case "wire" -> wire();
            case "run" -> run(order);
            default -> throw new IllegalArgumentException("unknown order " + order[0]);
        };
    }

    private String check() throws Exception {
        expect("existUser", client.existUser(Users.EMAIL));
        expect("existUser of nobody", !client.existUser("nobody"));
        expect("createUser", client.createUser(7));
        expect("getUser", client.idOf(client.getUser(70_000)) == 70_000);
        expect("listUser", client.sizeOf(client.listUser(3)) == Users.PAGE);
        if (peer.async()) {
            checkAsync(client.async());
        }
        return "ok";
    }

    private void checkAsync(UserClient.Async async) throws Exception {
        CompletableFuture<@Nullable Object> exist = new CompletableFuture<>();
        CompletableFuture<@Nullable Object> get = new CompletableFuture<>();
        CompletableFuture<@Nullable Object> list = new CompletableFuture<>();
        CompletableFuture<@Nullable Object> create = new CompletableFuture<>();
        async.existUser(Users.EMAIL, (answer, thrown) -> settle(exist, answer, thrown));
        async.createUser(8, (answer, thrown) -> settle(create, answer, thrown));
        async.getUser(9, (answer, thrown) -> settle(get, answer, thrown));
        async.listUser(4, (answer, thrown) -> settle(list, answer, thrown));
        exist.get(10, TimeUnit.SECONDS);
        create.get(10, TimeUnit.SECONDS);
        expect("getUser, asynchronous", client.idOf(get.get(10, TimeUnit.SECONDS)) == 9);
        expect("listUser, asynchronous", client.sizeOf(list.get(10, TimeUnit.SECONDS)) == Users.PAGE);
    }

    private static void settle(
            CompletableFuture<@Nullable Object> future, @Nullable Object answer, @Nullable Throwable thrown) {
        if (thrown != null) {
            future.completeExceptionally(thrown);
        } else {
            future.complete(answer);
        }
    }

    private static void expect(String what, boolean right) {
        if (!right) {
            throw new AssertionError(what + ": a wrong answer");
        }
    }

    /** A second client whose connection goes through a relay: its bytes, once what is said once has been said. */
    private String wire() throws Exception {
        int calls = 1_000;
        try (Relay relay = new Relay(port);
                UserClient counted = peer.connect(relay.port())) {
            for (int i = 0; i < 100; i++) {
                counted.existUser(Users.EMAIL);
            }
            long sent = relay.sent();
            long received = relay.received();
            for (int i = 0; i < calls; i++) {
                counted.existUser(Users.EMAIL);
            }
            Thread.sleep(100); // what else is on its way
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put("requestBytes", (relay.sent() - sent) / (double) calls);
            figures.put("responseBytes", (relay.received() - received) / (double) calls);
            return line(figures);
        }
    }

    private String run(String[] order) throws Exception {
        boolean sample = order[4].equals("sample");
        String type = order[1].equals("sync") ? SyncCalls.class.getName() : AsyncCalls.class.getName();
        int warmUp = Integer.parseInt(order[5]);
        Session.takeSamples();
        RunResult result = new Runner(new OptionsBuilder()
                        .include("^" + type + "\\." + order[2] + "$")
                        .forks(0)
                        .threads(Integer.parseInt(order[3]))
                        .mode(sample ? Mode.SampleTime : Mode.Throughput)
                        .warmupIterations(warmUp > 0 ? 1 : 0)
                        .warmupTime(TimeValue.seconds(Math.max(1, warmUp)))
                        .measurementIterations(1)
                        .measurementTime(TimeValue.seconds(Integer.parseInt(order[6])))
                        .shouldFailOnError(true)
                        .timeout(TimeValue.seconds(30))
                        .output(log)
                        .build())
                .runSingle();
        List<Meter.Sample> samples = Session.takeSamples();
        Meter.Sample last = samples.get(samples.size() - 1);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("clientBytes", last.clientBytes());
        figures.put("serverBytes", last.serverBytes());
        figures.put("clientCpuMicros", last.clientCpuMicros());
        figures.put("serverCpuMicros", last.serverCpuMicros());
        figures.put("segments", last.segments());
        if (sample) {
            Statistics micros = result.getPrimaryResult().getStatistics();
            figures.put("p50", micros.getPercentile(50.0));
            figures.put("p99", micros.getPercentile(99.0));
            figures.put("p999", micros.getPercentile(99.9));
        } else {
            figures.put("callsPerSecond", result.getPrimaryResult().getScore() * 1e6);
        }
        return line(figures);
    }

    /** {@code name=figure} pairs on one line. */
    private static String line(Map<String, Double> figures) {
        return figures.entrySet().stream()
                .map(figure -> figure.getKey() + "=" + String.format(Locale.ROOT, "%.3f", figure.getValue()))
                .collect(Collectors.joining(" "));
    }
}

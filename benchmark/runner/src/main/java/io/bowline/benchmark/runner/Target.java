package io.bowline.benchmark.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a figure is to be: at least or at most a bound.
 *
 * @param figure what is measured, in words
 * @param unit of bound and figure: {@code × grpc}, {@code µs}
 */
record Target(String figure, boolean atLeast, double bound, String unit, Function<Data, Optional<Double>> measured) {
    /** Those that the project has set itself, in the order in which it speaks of them. */
    static List<Target> all() {
        List<Target> all = new ArrayList<>();
        defaults(all);
        direct(all);
        async(all);
        costs(all);
        return List.copyOf(all);
    }

    String wanted() {
        return (atLeast ? "≥ " : "≤ ") + Text.bound(bound) + " " + unit;
    }

    boolean isMet(double value) {
        return atLeast ? value >= bound : value <= bound;
    }

    private static void defaults(List<Target> all) {
        for (String operation : Cell.OPERATIONS) {
            Cell cell = Cell.throughput(Load.SYNC_32, operation);
            all.add(faster("bowline", cell, 4, "grpc"));
            all.add(faster("bowline", cell, 2.5, "dubbo"));
            likeTurbo(all, "bowline", cell, 1);
            all.add(faster("bowline", cell, 1, "rmi"));
        }
    }

    private static void direct(List<Target> all) {
        for (String operation : List.of("existUser", "createUser", "getUser")) {
            Cell cell = Cell.throughput(Load.SYNC_32, operation);
            all.add(faster("bowline-direct", cell, 0.8, "netty-bare"));
            all.add(faster("bowline-direct", cell, 2.5, "grpc-direct"));
            likeTurbo(all, "bowline-direct", cell, 1.3);
        }
        Cell list = Cell.throughput(Load.SYNC_32, "listUser");
        all.add(faster("bowline-direct", list, 0.75, "netty-bare-4"));
        likeTurbo(all, "bowline-direct", list, 1.25);
        all.add(faster("bowline-direct", list, 2.5, "grpc-direct"));
    }

    private static void async(List<Target> all) {
        Cell exist = Cell.throughput(Load.ASYNC, "existUser");
        likeTurbo(all, "bowline-direct", exist, 3);
        all.add(faster("bowline-direct", exist, 6, "grpc-direct"));
        Cell get = Cell.throughput(Load.ASYNC, "getUser");
        all.add(faster("bowline-direct", get, 0.5, "netty-bare"));
        likeTurbo(all, "bowline-direct", get, 2);
        all.add(faster("bowline-direct", get, 3, "grpc-direct"));
        all.add(faster("bowline-direct", get, 10, "dubbo"));
        likeTurbo(all, "bowline-direct", Cell.throughput(Load.ASYNC, "listUser"), 1.1);
    }

    private static void costs(List<Target> all) {
        String latency = new Cell(Load.SYNC_32, "getUser", true).label();
        String get = Cell.throughput(Load.SYNC_32, "getUser").label();
        String exist = Cell.throughput(Load.SYNC_32, "existUser").label();
        all.add(ratio("p99 of getUser, 32 threads, bowline", false, 0.5, "bowline", "grpc", latency, "p99"));
        all.add(ratio("p99 of getUser, 32 threads, bowline", false, 0.5, "bowline", "dubbo", latency, "p99"));
        for (String ours : List.of("bowline", "bowline-direct")) {
            all.add(bound("client bytes allocated, existUser, " + ours, 400, "B", ours, exist, "clientBytes"));
            all.add(bound("client bytes allocated, getUser, " + ours, 1_100, "B", ours, get, "clientBytes"));
        }
        String cpu = "CPU of client and server, getUser, 32 threads, bowline-direct";
        all.add(bound(cpu, 18, "µs", "bowline-direct", get, Data.CPU));
        all.add(ratio(cpu, false, 18 / 14.0, "bowline-direct", "netty-bare", get, Data.CPU));
        all.add(new Target(
                "bytes of a request on the wire beyond its argument, existUser",
                false,
                16,
                "B",
                data -> data.median("bowline", Cell.WIRE, "requestBytes")
                        .map(bytes -> bytes - Results.EXIST_USER_ARGUMENT)));
        all.add(bound("bytes of a response on the wire, existUser", 12, "B", "bowline", Cell.WIRE, "responseBytes"));
        for (String ours : List.of("bowline", "bowline-direct")) {
            all.add(bound("TCP segments, existUser, 32 threads, " + ours, 0.4, "a call", ours, exist, "segments"));
        }
    }

    /** Against turbo-rpc as it comes, and as its author measures it. */
    private static void likeTurbo(List<Target> all, String ours, Cell cell, double bound) {
        all.add(faster(ours, cell, bound, "turbo"));
        all.add(faster(ours, cell, bound, "turbo-kryo-4"));
    }

    private static Target faster(String ours, Cell cell, double bound, String theirs) {
        String figure =
                cell.operation() + ", " + (cell.load() == Load.ASYNC ? "256 in flight" : "32 threads") + ", " + ours;
        return ratio(figure, true, bound, ours, theirs, cell.label(), Data.CALLS);
    }

    private static Target ratio(
            String figure, boolean atLeast, double bound, String ours, String theirs, String cell, String name) {
        return new Target(figure, atLeast, bound, "× " + theirs, data -> data.ratio(ours, theirs, cell, name));
    }

    private static Target bound(String figure, double bound, String unit, String peer, String cell, String name) {
        return new Target(figure, false, bound, unit, data -> data.median(peer, cell, name));
    }
}

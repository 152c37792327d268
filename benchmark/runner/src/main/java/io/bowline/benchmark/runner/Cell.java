package io.bowline.benchmark.runner;

import java.util.ArrayList;
import java.util.List;

/** One thing that is measured of each peer: an operation under a load, its throughput or its latency. */
record Cell(Load load, String operation, boolean latency) {
    static final List<String> OPERATIONS = List.of("existUser", "createUser", "getUser", "listUser");

    /** What stands in a round beside the cells: the bytes of a call on the wire. */
    static final String WIRE = "wire";

    /** Throughput of everything, latency where somebody waits. */
    static List<Cell> all() {
        List<Cell> all = new ArrayList<>();
        for (Load load : List.of(Load.SYNC_32, Load.ASYNC, Load.SYNC_1)) {
            OPERATIONS.forEach(operation -> all.add(new Cell(load, operation, false)));
        }
        for (Load load : List.of(Load.SYNC_32, Load.SYNC_1)) {
            all.add(new Cell(load, "existUser", true));
            all.add(new Cell(load, "getUser", true));
        }
        return List.copyOf(all);
    }

    static Cell throughput(Load load, String operation) {
        return new Cell(load, operation, false);
    }

    /** As the results call it: {@code sync-32/getUser/throughput}. */
    String label() {
        return load.label() + "/" + operation + "/" + (latency ? "latency" : "throughput");
    }

    static Cell labelled(String label) {
        String[] parts = label.split("/", -1);
        if (parts.length != 3 || !OPERATIONS.contains(parts[1])) {
            throw new IllegalArgumentException("not a cell: " + label);
        }
        return new Cell(Load.labelled(parts[0]), parts[1], parts[2].equals("latency"));
    }

    /** What the client's process is told. */
    String order(int warmUpSeconds, int seconds) {
        return "run %s %s %d %s %d %d"
                .formatted(
                        load.kind(), operation, load.threads(), latency ? "sample" : "thrpt", warmUpSeconds, seconds);
    }
}

package io.bowline.rpc.e2e.fleet;

import io.bowline.rpc.Address;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own that runs {@link WorkMain}, and may be killed without goodbye. */
final class WorkProcess implements AutoCloseable {
    private final List<String> command;
    private final Path journal;
    private Process process;
    private Address address;

    /**
     * Starts it.
     *
     * @param journal where it notes orders
     * @param arguments its number, pause and manner
     * @param next whom it asks in turn; empty for nobody
     */
    static WorkProcess start(Path journal, List<String> arguments, String next) throws IOException {
        List<String> all = new ArrayList<>(arguments);
        all.add(journal.toString());
        if (!next.isEmpty()) {
            all.add(next);
        }
        return new WorkProcess(journal, all);
    }

    /** One that works. */
    static WorkProcess start(Path folder, int number, long pauseMillis) throws IOException {
        return start(folder.resolve(number + ".journal"), List.of("" + number, "" + pauseMillis, "works"), "");
    }

    /** One that keeps every question out. */
    static WorkProcess refusing(Path folder, int number) throws IOException {
        return start(folder.resolve(number + ".journal"), List.of("" + number, "0", "refuses"), "");
    }

    private WorkProcess(Path journal, List<String> command) throws IOException {
        this.journal = journal;
        this.command = command;
        process = launch(0);
        address = ready();
    }

    private Process launch(int port) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                WorkMain.class.getName(),
                Integer.toString(port)));
        line.addAll(command);
        return new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private Address ready() throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("READY ")) {
                return Address.parse(line.substring("READY ".length()));
            }
        }
        throw new IllegalStateException("the process ended before it was ready");
    }

    Address address() {
        return address;
    }

    /** Ends it as {@code kill -9} does, and starts it anew on the same port. */
    void killAndRestart() throws IOException {
        process.destroyForcibly().onExit().join();
        process = launch(address.port());
        address = ready();
    }

    /** The ids of the orders that it noted, in all its lives. */
    List<Long> orders() throws IOException {
        ByteBuffer noted = ByteBuffer.wrap(Files.readAllBytes(journal));
        List<Long> ids = new ArrayList<>();
        while (noted.hasRemaining()) {
            ids.add(noted.getLong());
        }
        return ids;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}

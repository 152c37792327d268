package io.bowline.benchmark.runner;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A process that takes lines and answers lines. Its standard error goes to a file; it does not outlive this JVM. */
final class Child implements AutoCloseable {
    private static final Duration TO_END = Duration.ofSeconds(3);

    private final String name;
    private final Process process;
    private final PrintStream orders;
    private final Path errors;
    private final Thread killer;
    private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();

    /** A line of its output, or, with null, the end of it. */
    private record Line(@Nullable String text) {}

    private Child(String name, Process process, Path errors) {
        this.name = name;
        this.process = process;
        this.errors = errors;
        this.orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.killer = new Thread(process::destroyForcibly);
    }

    /** Starts a command; {@code name} is for messages. */
    static Child start(String name, List<String> command, Path errors) throws IOException {
        Files.createDirectories(errors.toAbsolutePath().getParent());
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        Child child = new Child(name, process, errors);
        Runtime.getRuntime().addShutdownHook(child.killer);
        Thread reader = new Thread(child::read, name + "-output");
        reader.setDaemon(true);
        reader.start();
        return child;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    void tell(String order) {
        orders.println(order);
    }

    /** The next line that begins with one of the prefixes; frameworks print others too. */
    String await(Duration bound, String... prefixes) throws Gone, InterruptedException {
        long end = System.nanoTime() + bound.toNanos();
        while (true) {
            Line line = lines.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (line == null) {
                kill();
                throw new Gone(name + " did not answer within " + bound.toSeconds() + " s");
            }
            String text = line.text;
            if (text == null) {
                throw new Gone(name + " ended" + (kill() ? " with status " + process.exitValue() : "") + lastError());
            }
            if (Stream.of(prefixes).anyMatch(text::startsWith)) {
                return text;
            }
        }
    }

    /** Ends it with its input; if that does not help, by force. */
    @Override
    public void close() {
        orders.close();
        try {
            if (!process.waitFor(TO_END.toSeconds(), TimeUnit.SECONDS)) {
                kill();
            }
            Runtime.getRuntime().removeShutdownHook(killer);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IllegalStateException ending) {
            process.destroyForcibly();
        }
    }

    private boolean kill() throws InterruptedException {
        return process.waitFor(1, TimeUnit.SECONDS)
                || process.destroyForcibly().waitFor(TO_END.toSeconds(), TimeUnit.SECONDS);
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(new Line(line));
            }
        } catch (IOException closed) {
            // The end of the process.
        }
        lines.add(new Line(null));
    }

    private String lastError() {
        try (Stream<String> all = Files.lines(errors)) {
            return all.filter(line -> line.matches("\\S.*(Exception|Error).*"))
                    .findFirst()
                    .map(line -> ": " + line)
                    .orElse("");
        } catch (IOException | RuntimeException unreadable) {
            return "";
        }
    }
}

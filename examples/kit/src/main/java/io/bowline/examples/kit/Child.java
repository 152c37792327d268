package io.bowline.examples.kit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Java process of an example, whose output is shown with the time and its name in front. */
public final class Child implements AutoCloseable {
    /** How long to wait for what should take a second or two: machines may be busy. */
    public static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final long START = System.nanoTime();

    private final String name;
    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private Child(String name, Process process) {
        this.name = name;
        this.process = process;
        Thread reader = new Thread(this::show, name + "-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts the main method of a class, on the class path of this process. It {@linkplain Parent must end} when its input does. */
    public static Child start(String name, Class<?> main, String... arguments) throws IOException {
        return start(name, main, Map.of(), arguments);
    }

    /** The same, with these variables in its environment, beside those of this process. */
    public static Child start(String name, Class<?> main, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // They live for seconds: what a JVM does to be fast for hours would only slow their start.
        command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        // What this JVM was allowed, its children are: see the registry on Nacos.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--sun-misc-unsafe"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        Collections.addAll(command, arguments);
        say(name, "starts");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new Child(name, builder.start());
    }

    /** Shows a line of one of the processes, or of this one. */
    public static void say(String who, String what) {
        System.out.printf("%6d ms  %-10s  %s%n", (System.nanoTime() - START) / 1_000_000, who, what);
    }

    private void show() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                say(name, line);
                lines.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the process prints a line that matches; returns the match. Earlier lines are gone after that. */
    public Matcher await(String expression) throws InterruptedException {
        Pattern pattern = Pattern.compile(expression);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String line = lines.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new IllegalStateException(name + " did not print '" + expression + "' within " + PATIENCE);
            }
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                return matcher;
            }
        }
    }

    /** Asks it to end, as an operator or a container does: by a signal. */
    public void askToStop() {
        say(name, "is asked to stop");
        process.toHandle().destroy(); // Process.destroy would close its output, too.
    }

    /** Ends its input, and waits for its end; returns its exit code. */
    public int finish() throws IOException, InterruptedException {
        return finish(PATIENCE);
    }

    private int finish(Duration patience) throws IOException, InterruptedException {
        process.outputWriter(StandardCharsets.UTF_8).close();
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(name + " did not end within " + patience);
        }
        return process.exitValue();
    }

    /** Ends it gently if it ends within five seconds, else at once. */
    @Override
    public void close() {
        try {
            finish(Duration.ofSeconds(5));
        } catch (IOException | IllegalStateException stillThere) {
            process.destroyForcibly();
        } catch (InterruptedException hurry) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

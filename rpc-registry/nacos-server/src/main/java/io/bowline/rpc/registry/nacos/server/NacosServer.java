package io.bowline.rpc.registry.nacos.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A real Nacos server, standalone, in a Java process of its own. Starting takes 5 to 40 seconds and about 500 MB, so a
 * test class starts one and shares it. It ends with {@link #close}, and with the process that started it, however that
 * one ends.
 *
 * <p>It listens on loopback, with one exception that Nacos does not let us change: its Raft port, 1,000 below the main
 * one, is open on every interface. It runs on the Java that runs this class, or on the one that the environment variable
 * {@code NACOS_SERVER_JAVA_HOME} names (17 or newer).
 *
 * <p>Not thread-safe. Starting blocks until the server takes requests.
 */
public final class NacosServer implements AutoCloseable {
    private static final long START_SECONDS = 180;

    /** How long the server waits for its own database; of Nacos' 3 seconds a busy machine needs more to make the files. */
    private static final long DATABASE_MILLIS = 120_000;

    private final Path home;
    private final int port;
    private final @Nullable String password;
    private @Nullable Process process;

    private NacosServer(Path home, int port, @Nullable String password) {
        this.home = home;
        this.port = port;
        this.password = password;
    }

    /**
     * Starts a server that asks for no password, on free ports.
     *
     * @param home where it keeps data and logs; made if it does not exist, left behind when the server ends
     */
    public static NacosServer start(Path home) {
        return start(home, FreePorts.find(), null);
    }

    /** Starts a server that serves only the user {@code nacos} with this password. */
    public static NacosServer startWithPassword(Path home, String password) {
        return start(home, FreePorts.find(), password);
    }

    private static NacosServer start(Path home, int port, @Nullable String password) {
        NacosServer server = new NacosServer(home.toAbsolutePath(), port, password);
        server.start();
        return server;
    }

    /**
     * Runs a server without a password until standard input ends, for use by hand.
     *
     * @param arguments its home; its main port, if it must be a certain one
     */
    public static void main(String[] arguments) throws IOException {
        Path home = Path.of(arguments.length > 0 ? arguments[0] : "nacos");
        int port = arguments.length > 1 ? Integer.parseInt(arguments[1]) : FreePorts.find();
        try (NacosServer server = start(home, port, null)) {
            System.out.println("Nacos runs at nacos://" + server.address() + "; the end of standard input ends it");
            while (System.in.read() >= 0) {
                // Only the end matters.
            }
        }
    }

    /** Host and main port, as Nacos clients want it: {@code 127.0.0.1:8848}. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Starts it, or starts it again: same ports, same home. Does nothing while it runs. */
    public void start() {
        if (process != null && process.isAlive()) {
            return;
        }
        try {
            writeConfiguration();
            Process started = command().start();
            process = started;
            awaitReady(started);
        } catch (IOException failed) {
            throw new UncheckedIOException("the Nacos server in " + home + " was not started", failed);
        } catch (InterruptedException interrupted) {
            close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the Nacos server started", interrupted);
        }
    }

    /** Ends it as a crash would. What it wrote stays, and {@link #start()} brings it back. */
    public void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            running.onExit().join();
        }
    }

    @Override
    public void close() {
        kill();
    }

    private ProcessBuilder command() throws IOException {
        List<String> command = new ArrayList<>();
        String chosen = System.getenv("NACOS_SERVER_JAVA_HOME");
        command.add(Path.of(chosen == null ? System.getProperty("java.home") : chosen, "bin", "java")
                .toString());
        command.addAll(List.of("-Xms128m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.add("-Duser.home=" + home); // Nacos and its Raft library write below the user's home otherwise.
        command.add("-Djava.io.tmpdir=" + Files.createDirectories(home.resolve("tmp")));
        command.add("-Dnacos.home=" + home);
        command.add("-Dnacos.standalone=true");
        command.add("-Dnacos.server.main.port=" + port);
        command.add("-Dnacos.server.ip=127.0.0.1");
        command.add("-Dnacos.remote.grpc.listen.ip=127.0.0.1");
        command.add("-Dnacos.logs.path=" + home.resolve("logs"));
        command.add("-Dderby.stream.error.file=" + home.resolve("logs/derby.log"));
        command.add("-Dspring.config.additional-location=file:" + home.resolve("conf") + "/");
        command.add("-cp");
        command.add(classPath());
        command.add(ServerMain.class.getName());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        home.resolve("stderr.txt").toFile()));
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        if (password != null) {
            builder.environment().put(ServerMain.PASSWORD, password);
        }
        return builder;
    }

    /** This class's own place, then what the build wrote down of the server's dependencies, in that order. */
    private static String classPath() throws IOException {
        try (InputStream written = NacosServer.class.getResourceAsStream("class-path.txt")) {
            if (written == null) {
                throw new IOException("class-path.txt is missing: build the module nacos-server first");
            }
            Path own = Path.of(NacosServer.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return own
                    + System.getProperty("path.separator")
                    + new String(written.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (URISyntaxException unusable) {
            throw new IOException("this class lies at no usable place", unusable);
        }
    }

    private void writeConfiguration() throws IOException {
        Path conf = Files.createDirectories(home.resolve("conf"));
        Files.createDirectories(home.resolve("logs"));
        String secret = Base64.getEncoder()
                .encodeToString("a key for local tests, nowhere else".getBytes(StandardCharsets.UTF_8));
        Files.writeString(conf.resolve("application.properties"), """
                server.address=127.0.0.1
                server.tomcat.basedir=%s
                server.tomcat.accesslog.enabled=false
                spring.sql.init.platform=derby
                db.pool.config.connectionTimeout=%4$s
                spring.main.banner-mode=off
                spring.jmx.enabled=false
                management.elastic.metrics.export.enabled=false
                management.influx.metrics.export.enabled=false
                nacos.istio.mcp.server.enabled=false
                nacos.k8s.sync.enabled=false
                nacos.core.auth.system.type=nacos
                nacos.core.auth.enabled=%s
                nacos.core.auth.admin.enabled=%2$s
                nacos.core.auth.console.enabled=%2$s
                nacos.core.auth.caching.enabled=false
                nacos.core.auth.server.identity.key=local
                nacos.core.auth.server.identity.value=local
                nacos.core.auth.plugin.nacos.token.secret.key=%3$s
                logging.config=classpath:META-INF/logback/nacos.xml
                """.formatted(
                        home.resolve("tmp"), password != null, secret, DATABASE_MILLIS));
    }

    private void awaitReady(Process started) throws InterruptedException {
        CompletableFuture<String> ready = new CompletableFuture<>();
        Thread reader = new Thread(() -> copyOutput(started, ready), "nacos-server-output");
        reader.setDaemon(true);
        reader.start();
        try {
            ready.get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            kill();
            throw new IllegalStateException(
                    "the Nacos server did not start; see stdout.txt, stderr.txt and logs in " + home, failed);
        }
    }

    private void copyOutput(Process started, CompletableFuture<String> ready) {
        try (BufferedReader lines = started.inputReader(StandardCharsets.UTF_8);
                Writer file = Files.newBufferedWriter(home.resolve("stdout.txt"))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                file.append(line).append('\n').flush();
                if (line.equals(ServerMain.READY)) {
                    ready.complete(line);
                }
            }
            ready.completeExceptionally(new IOException("its process ended"));
        } catch (IOException broken) {
            ready.completeExceptionally(broken);
        }
    }
}

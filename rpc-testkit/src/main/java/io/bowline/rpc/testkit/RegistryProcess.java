package io.bowline.rpc.testkit;

import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.discovery.InstanceText;
import io.bowline.rpc.discovery.Registry;
import io.bowline.rpc.discovery.RegistryUri;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A JVM of its own that registers one instance and then only lives: to be killed without goodbye. It runs on the JDK and
 * the class path of its parent, finds the registry by its URI, and ends when its parent does.
 */
public final class RegistryProcess {
    /** What a registry's library does with {@code sun.misc.Unsafe}, the child does too, and as quietly. */
    private static final String UNSAFE = "--sun-misc-unsafe-memory-access";

    private RegistryProcess() {}

    /** Starts the process; it has registered when a watch says so. */
    public static Process start(String registry, Instance instance) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith(UNSAFE))
                .forEach(command::add);
        command.addAll(List.of(
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path", "."),
                RegistryProcess.class.getName(),
                registry,
                Base64.getEncoder().encodeToString(InstanceText.encode(instance))));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Arguments: the registry's URI; the instance's text in Base64. */
    public static void main(String[] arguments) throws IOException {
        Instance instance = InstanceText.decode(Base64.getDecoder().decode(arguments[1]));
        try (Registry registry = RegistryUri.parse(arguments[0]).connect()) {
            registry.register(instance);
            while (System.in.read() >= 0) {
                // Lives until its parent closes the pipe.
            }
        }
    }
}

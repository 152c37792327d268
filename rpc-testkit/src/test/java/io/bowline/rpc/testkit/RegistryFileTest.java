package io.bowline.rpc.testkit;

import io.bowline.rpc.ServiceName;
import io.bowline.rpc.discovery.FileRegistry;
import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.discovery.Registry;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class RegistryFileTest extends RegistryContract {
    private final Map<String, Instance> known = new LinkedHashMap<>();

    @TempDir
    Path folder;

    @BeforeEach
    void writeEmptyFile() throws IOException {
        write();
    }

    @Override
    protected Registry connect() {
        return FileRegistry.watching(folder.resolve("providers.txt"));
    }

    @Override
    protected void provide(Instance instance) throws IOException {
        known.put(instance.id(), instance);
        write();
    }

    @Override
    protected void withdraw(Instance instance) throws IOException {
        known.remove(instance.id());
        write();
    }

    @Override
    protected Set<Capability> capabilities() {
        return Set.of(Capability.CHANGES);
    }

    private void write() throws IOException {
        StringBuilder text = new StringBuilder("# providers\n");
        for (Instance instance : known.values()) {
            for (ServiceName service : instance.services()) {
                text.append(service.name()).append(' ').append(instance.address());
                fact(text, "id", instance.id());
                fact(text, "application", instance.application());
                fact(text, "weight", Integer.toString(instance.weight()));
                fact(text, "version", service.version());
                fact(text, "group", service.group());
                fact(text, "serializers", String.join(",", instance.serializers()));
                instance.labels().forEach((name, value) -> fact(text, "label." + name, value));
                text.append('\n');
            }
        }
        Path fresh = Files.writeString(folder.resolve("providers.new"), text);
        Files.move(fresh, folder.resolve("providers.txt"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void fact(StringBuilder text, String key, String value) {
        String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
        text.append(' ').append(key).append('=').append(encoded.replace("%2C", ","));
    }
}

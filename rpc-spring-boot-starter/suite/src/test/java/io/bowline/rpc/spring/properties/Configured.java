package io.bowline.rpc.spring.properties;

import io.bowline.rpc.CallReport;
import io.bowline.rpc.Idempotent;
import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.client.ServiceReference;
import io.bowline.rpc.discovery.InMemoryRegistry;
import io.bowline.rpc.spring.names.RpcNames;
import io.bowline.rpc.spring.reference.ReferenceRequest;
import io.bowline.rpc.transport.LocalTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;

/** Configuration as a file has it, and a reference that goes by it. */
final class Configured {
    /** What is referred to. Public, for the proxy. */
    public interface Quotes {
        @Idempotent
        String find(long id);

        @Idempotent
        String find(String name);

        @Idempotent
        List<String> all();

        String buy(long id);
    }

    private static final class File extends ByteArrayResource {
        File(String text) {
            super(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String getFilename() {
            return "application.yml";
        }
    }

    private Configured() {}

    static ConfigurableEnvironment environment(String yaml) {
        StandardEnvironment environment = new StandardEnvironment();
        try {
            new YamlPropertySourceLoader()
                    .load("the file", new File(yaml))
                    .forEach(environment.getPropertySources()::addFirst);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return environment;
    }

    /** What is in force for a method of {@link Quotes}. */
    static List<CallReport.Option> inForce(String yaml, String method) {
        return inForce(yaml, method, new DefaultListableBeanFactory());
    }

    static List<CallReport.Option> inForce(String yaml, String method, DefaultListableBeanFactory beans) {
        PropertySettings settings =
                new PropertySettings(ClientProperties.bind(environment(yaml)), new RpcNames(beans));
        ReferenceRequest request = new ReferenceRequest("quotes", "quotes", Quotes.class, null);
        try (LocalTransport transport = new LocalTransport();
                InMemoryRegistry registry = InMemoryRegistry.create();
                RpcClient client = RpcClient.builder()
                        .transport(transport)
                        .registry(registry)
                        .build()) {
            ServiceReference<Quotes> reference = client.reference(
                    Quotes.class, options -> settings.above(request, settings.beneath(request, options)));
            return reference.options().get(method);
        }
    }

    static CallReport.Option option(String name, String value, String origin) {
        return new CallReport.Option(name, value, origin);
    }
}

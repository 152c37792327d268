package io.bowline.examples.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.examples.kit.Child;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.Test;

/** What {@code compose.yaml} starts, as processes: the same classes, told the same by their environment. */
class ComposedTest {
    private static final int ENDED_BY_SIGTERM = 128 + 15;

    private final Map<String, Object> compose = Manifests.read("compose.yaml").get(0);

    @Test
    void aConsumerFindsTheProvidersAndNoticesNothingWhenTheOneThatAnsweredIsStopped() throws Exception {
        assertThat(Manifests.at(compose, "services.provider.deploy.replicas")).isEqualTo(2);
        try (TestingServer zookeeper = zookeeper();
                Child one = start("provider", "one", zookeeper);
                Child two = start("provider", "two", zookeeper)) {
            one.await(": registered");
            two.await(": registered");
            try (Child consumer = start("consumer", "web", zookeeper)) {
                boolean first = consumer.await("at (one|two)$").group(1).equals("one");
                stop(first ? one : two);
                consumer.await(first ? "at two$" : "at one$");

                consumer.askToStop();
                assertThat(consumer.await("calls \\d+, failed (\\d+)").group(1)).isEqualTo("0");
                assertThat(consumer.finish()).isEqualTo(ENDED_BY_SIGTERM);
                stop(first ? two : one);
            }
        }
    }

    private static void stop(Child provider) throws Exception {
        provider.askToStop();
        provider.await("Closed");
        assertThat(provider.finish()).isEqualTo(ENDED_BY_SIGTERM);
    }

    private static TestingServer zookeeper() throws Exception {
        System.setProperty("zookeeper.admin.enableServer", "false");
        Map<String, Object> loopback = Map.of("clientPortAddress", "127.0.0.1");
        return new TestingServer(new InstanceSpec(null, -1, -1, -1, true, -1, -1, -1, loopback, "127.0.0.1"), true);
    }

    /** A service of the file. Here all share one address, so each takes a free port. */
    private Child start(String service, String node, TestingServer zookeeper) throws Exception {
        Map<String, String> environment = new HashMap<>();
        Manifests.map(Manifests.at(compose, "services." + service + ".environment"))
                .forEach((name, value) -> environment.put(
                        name, ((String) value).replace("zookeeper:2181", zookeeper.getConnectString())));
        environment.replace("PORT", "0");
        environment.put("NODE", node);
        environment.put("ADVERTISE", "127.0.0.1");
        Object command = Manifests.at(compose, "services." + service + ".command");
        String main = command == null ? Provider.class.getName() : (String) ((List<?>) command).get(0);
        return Child.start(node, Container.class, environment, main);
    }
}

package io.bowline.examples.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Variables of containers that are meant as properties of the starter are such; Spring itself would pass over others. */
class VariablesTest {
    private final Set<String> known = new TreeSet<>();
    private final Set<String> maps = new TreeSet<>();

    VariablesTest() throws IOException {
        try (InputStream in = VariablesTest.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            for (JsonNode property : new ObjectMapper().readTree(in).get("properties")) {
                boolean map = property.path("type").asText().startsWith("java.util.Map");
                (map ? maps : known).add(bare(property.get("name").asText()));
            }
        }
    }

    @Test
    void everyVariableOfTheStarterIsAProperty() {
        List<String> variables = Stream.of("kubernetes/provider.yaml", "kubernetes/consumer.yaml")
                .flatMap(file -> Manifests.read(file).stream())
                .flatMap(VariablesTest::variables)
                .filter(name -> name.startsWith("RPC_"))
                .toList();
        assertThat(variables).hasSize(6).allMatch(this::isProperty);
    }

    @Test
    void aMisspeltVariableIsNone() {
        assertThat(isProperty("RPC_SERVER_DRAIN_GRACE")).isTrue();
        assertThat(isProperty("RPC_SERVER_DRAIN_GRASE")).isFalse();
        assertThat(isProperty("RPC_SERVER_LABEL_POD")).isFalse();
    }

    private boolean isProperty(String variable) {
        String name = bare(variable);
        return known.contains(name)
                || maps.stream().anyMatch(map -> name.startsWith(map) && name.length() > map.length());
    }

    /** As variables are bound: without regard to case, and to what stands between words. */
    private static String bare(String name) {
        return name.replaceAll("[._-]", "").toLowerCase(Locale.ROOT);
    }

    private static Stream<String> variables(Map<String, Object> document) {
        return Manifests.all(document, "env").stream()
                .flatMap(env -> ((List<?>) env).stream())
                .map(entry -> (String) Objects.requireNonNull(Manifests.at(entry, "name")));
    }
}

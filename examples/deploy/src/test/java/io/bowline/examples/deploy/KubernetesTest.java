package io.bowline.examples.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manifests against Kubernetes' own models: an unknown field, a missing one and a wrong type fail. */
class KubernetesTest {
    private static final List<String> FILES =
            List.of("kubernetes/zookeeper.yaml", "kubernetes/provider.yaml", "kubernetes/consumer.yaml");

    /** Maps whose keys are anybody's choice. */
    private static final String FREE = ".*\\.(labels|matchLabels|selector|requests|limits)\\.[^.]+";

    private static final Gson GSON = new Gson();

    private interface Check {
        void of(JsonElement document) throws IOException;
    }

    private record Kind(String apiVersion, Check fields, Class<?> model) {}

    private static final Map<String, Kind> KINDS = Map.of(
            "Deployment", new Kind("apps/v1", V1Deployment::validateJsonElement, V1Deployment.class),
            "StatefulSet", new Kind("apps/v1", V1StatefulSet::validateJsonElement, V1StatefulSet.class),
            "Service", new Kind("v1", V1Service::validateJsonElement, V1Service.class),
            "PodDisruptionBudget",
                    new Kind("policy/v1", V1PodDisruptionBudget::validateJsonElement, V1PodDisruptionBudget.class));

    private static Stream<Map<String, Object>> documents() {
        return FILES.stream().flatMap(file -> Manifests.read(file).stream());
    }

    private static Stream<Map<String, Object>> workloads() {
        return documents().filter(document -> Manifests.at(document, "spec.template") != null);
    }

    private static void check(Object document) throws IOException {
        Kind kind = KINDS.get(Manifests.at(document, "kind"));
        assertThat(kind).as("a known kind").isNotNull();
        assertThat(Manifests.at(document, "apiVersion")).isEqualTo(kind.apiVersion);
        JsonElement json = GSON.toJsonTree(document);
        kind.fields.of(json);
        JSON.getGson().fromJson(json, kind.model);
    }

    @Test
    void everyDocumentObeysItsModel() {
        assertThat(documents())
                .hasSize(7)
                .allSatisfy(document -> assertThatCode(() -> check(document)).doesNotThrowAnyException());
    }

    @Test
    void everyMisspeltFieldFails() {
        assertThat(documents()).allSatisfy(document -> {
            List<String> fields = Manifests.fields(document).stream()
                    .filter(path -> !path.matches(FREE))
                    .toList();
            assertThat(fields)
                    .hasSizeGreaterThan(5)
                    .allSatisfy(path -> assertThatThrownBy(() -> check(Manifests.misspelt(document, path)))
                            .as(path)
                            .isNotNull());
        });
    }

    @Test
    void aWrongTypeFails() {
        Map<String, Object> deployment =
                Manifests.read("kubernetes/provider.yaml").get(0);
        Manifests.map(deployment.get("spec")).put("replicas", "two");
        assertThatThrownBy(() -> check(deployment)).hasMessageContaining("two");
    }

    @Test
    void everySelectorFindsItsPods() {
        assertThat(workloads())
                .allSatisfy(workload -> assertThat(Manifests.at(workload, "spec.template.metadata.labels"))
                        .isEqualTo(Manifests.at(workload, "spec.selector.matchLabels")));
        assertThat(documents().filter(document -> document.get("kind").equals("Service")))
                .allSatisfy(service -> assertThat(
                                workloads().map(workload -> Manifests.at(workload, "spec.template.metadata.labels")))
                        .contains(Manifests.at(service, "spec.selector")));
    }

    @Test
    void everyPortThatIsNamedExists() {
        assertThat(workloads())
                .allSatisfy(workload -> assertThat(Manifests.all(Manifests.all(workload, "ports"), "name"))
                        .containsAll(Manifests.all(workload, "port")));
    }

    @Test
    void everyContainerHasProbesAndABoundOfMemory() {
        assertThat(workloads()
                        .flatMap(workload ->
                                ((List<?>) Manifests.at(workload, "spec.template.spec.containers")).stream()))
                .allSatisfy(container -> {
                    assertThat(Manifests.at(container, "readinessProbe")).isNotNull();
                    assertThat(Manifests.at(container, "livenessProbe")).isNotNull();
                    assertThat(Manifests.at(container, "resources.limits.memory"))
                            .isNotNull();
                });
    }

    /** The drain of the server, then the other phases of Spring, then the JVM; and nothing that sleeps before. */
    @Test
    void leavesTimeToDrainAndSleepsNowhere() {
        Map<String, Object> provider =
                Manifests.read("kubernetes/provider.yaml").get(0);
        int drain = seconds(provider, "RPC_SERVER_DRAIN_GRACE");
        Object grace = Manifests.at(provider, "spec.template.spec.terminationGracePeriodSeconds");
        assertThat((Integer) grace).isGreaterThanOrEqualTo(drain + 30 + 5);
        assertThat(documents())
                .allSatisfy(document ->
                        assertThat(Manifests.all(document, "preStop")).isEmpty());
    }

    private static int seconds(Map<String, Object> workload, String variable) {
        return ((List<?>) Manifests.at(workload, "spec.template.spec.containers.0.env"))
                .stream()
                        .filter(entry -> variable.equals(Manifests.at(entry, "name")))
                        .map(entry -> (String) Manifests.at(entry, "value"))
                        .mapToInt(text -> Integer.parseInt(text.replace("s", "")))
                        .findFirst()
                        .orElseThrow();
    }
}

package io.bowline.examples.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code compose.yaml} against the schema of the Compose specification. */
class ComposeTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Object> compose = Manifests.read("compose.yaml").get(0);
    private final JsonSchema schema = schema();

    @Test
    void obeysTheSchemaOfTheComposeSpecification() {
        assertThat(complaints(compose)).isEmpty();
    }

    /** All but the names of services and of variables, which are anybody's choice. */
    @Test
    void everyMisspeltFieldFails() {
        List<String> fields = Manifests.fields(compose).stream()
                .filter(path -> !path.matches("services\\.[^.]+|.*\\.environment\\..*"))
                .toList();
        assertThat(fields)
                .hasSizeGreaterThan(25)
                .allSatisfy(path -> assertThat(complaints(Manifests.misspelt(compose, path)))
                        .as(path)
                        .isNotEmpty());
    }

    @Test
    void leavesTimeToDrain() {
        String drain = (String) Manifests.at(compose, "services.provider.environment.DRAIN_GRACE_SECONDS");
        String patience = (String) Manifests.at(compose, "services.provider.stop_grace_period");
        assertThat(Integer.parseInt(patience.replace("s", ""))).isGreaterThanOrEqualTo(Integer.parseInt(drain) + 5);
    }

    private Collection<ValidationMessage> complaints(Object document) {
        return schema.validate(JSON.valueToTree(document));
    }

    private static JsonSchema schema() {
        try (InputStream in = ComposeTest.class.getResourceAsStream("/compose-spec.json")) {
            ObjectNode text = (ObjectNode) JSON.readTree(in);
            // An address that never existed, and names that nothing refers to.
            text.remove("$schema");
            text.findParents("id").forEach(parent -> ((ObjectNode) parent).remove("id"));
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V201909)
                    .getSchema(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

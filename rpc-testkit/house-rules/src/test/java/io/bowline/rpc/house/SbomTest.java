package io.bowline.rpc.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Every published module says, in CycloneDX, what it brings along. Of modules that are packaged, as {@code verify} does. */
class SbomTest {
    /** One of a component's licences has to be one of these: they let anybody use it in a program of their own. */
    private static final Set<String> TAKEN =
            Set.of("Apache-2.0", "MIT", "MIT-0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "EPL-2.0");

    private static final Path BOM = House.ROOT.resolve("rpc-bom/pom.xml");

    @BeforeAll
    static void arePackaged() throws IOException {
        try (Stream<Path> built = Files.list(House.ROOT.resolve("rpc-core/target"))) {
            assumeTrue(built.anyMatch(file -> file.toString().endsWith(".jar")), "nothing is packaged");
        }
    }

    /** Jars that are published, with the folders of their modules. */
    private static List<Path> modules() {
        List<String> published = Xml.find(Xml.read(BOM), "dependencyManagement/dependencies/dependency").stream()
                .map(dependency -> Xml.text(dependency, "artifactId"))
                .toList();
        return House.files(path -> path.endsWith("pom.xml")).stream()
                .filter(pom -> published.contains(Xml.text(Xml.read(pom), "artifactId")))
                .map(Path::getParent)
                .toList();
    }

    private static Map<?, ?> sbom(Path module) {
        try (InputStream json = Files.newInputStream(module.resolve("target/bom.json"))) {
            LoadSettings settings =
                    LoadSettings.builder().setCodePointLimit(64 << 20).build();
            return (Map<?, ?>) new Load(settings).loadFromInputStream(json); // JSON is YAML.
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static List<Map<?, ?>> list(Map<?, ?> node, String key) {
        List<Map<?, ?>> entries = new ArrayList<>();
        ((Collection<?>) node.get(key)).forEach(each -> entries.add((Map<?, ?>) each));
        return entries;
    }

    @Test
    void namesEveryLibraryThatAModuleDependsOn() {
        assertThat(modules()).hasSizeGreaterThan(15).allSatisfy(module -> {
            List<String> named = list(sbom(module), "components").stream()
                    .map(component -> component.get("group") + ":" + component.get("name"))
                    .toList();
            List<String> declared = Xml.find(Xml.read(module.resolve("pom.xml")), "dependencies/dependency").stream()
                    .filter(dependency -> Set.of("", "compile", "runtime").contains(Xml.text(dependency, "scope")))
                    .map(dependency -> Xml.text(dependency, "groupId") + ":" + Xml.text(dependency, "artifactId"))
                    .toList();
            assertThat(named).containsAll(declared);
        });
    }

    @Test
    void everyLibraryHasAVersionAndALicenceThatUsersCanTake() {
        assertThat(modules())
                .flatMap(module -> list(sbom(module), "components"))
                .allSatisfy(component -> {
                    assertThat((String) component.get("version")).isNotBlank();
                    assertThat(list(component, "licenses").stream().map(SbomTest::licence))
                            .as("%s", component.get("name"))
                            .anyMatch(TAKEN::contains);
                });
    }

    private static String licence(Map<?, ?> entry) {
        Map<?, ?> license = (Map<?, ?>) entry.get("license");
        return String.valueOf(license == null ? entry.get("expression") : license.get("id"));
    }
}

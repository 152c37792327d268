package io.bowline.rpc.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** The BOM, the modules and the pinned plugins agree. */
class BomTest {
    private static final Path PARENT = House.ROOT.resolve("pom.xml");
    private static final Path BOM = House.ROOT.resolve("rpc-bom/pom.xml");

    @Test
    void listsEveryPublishedModule() {
        List<String> published = new ArrayList<>();
        for (Path file : House.files(path -> path.endsWith("pom.xml") && path.startsWith("rpc-"))) {
            Element project = Xml.read(file);
            boolean jar = Xml.text(project, "packaging").isEmpty();
            boolean kept = Xml.find(project, "properties/maven.deploy.skip").stream()
                    .anyMatch(skip -> skip.getTextContent().strip().equals("true"));
            if (jar && !kept) {
                published.add(Xml.text(project, "artifactId"));
            }
        }
        List<String> listed = Xml.find(Xml.read(BOM), "dependencyManagement/dependencies/dependency").stream()
                .map(dependency -> Xml.text(dependency, "artifactId"))
                .toList();
        assertThat(listed).as("artifacts in rpc-bom/pom.xml").containsExactlyInAnyOrderElementsOf(published);
    }

    @Test
    void hasTheVersionOfTheParent() {
        assertThat(Xml.text(Xml.read(BOM), "version")).isEqualTo(Xml.text(Xml.read(PARENT), "version"));
    }

    @Test
    void pinsPluginsAsTheParentDoes() {
        assertThat(pinned(PARENT)).containsAllEntriesOf(pinned(BOM));
    }

    @Test
    void isTheOnlyPlaceForOurModulesAndTheParentForOtherVersions() {
        List<String> strays = new ArrayList<>();
        for (Path file : House.files(path -> path.endsWith("pom.xml"))) {
            if (file.equals(PARENT) || file.equals(BOM)) {
                continue;
            }
            Element project = Xml.read(file);
            Stream.of(
                            "dependencies/dependency/version",
                            "dependencyManagement/dependencies/dependency/version",
                            "build/plugins/plugin/version")
                    .flatMap(path -> Xml.find(project, path).stream())
                    .filter(version -> !version.getTextContent().contains("${"))
                    .map(version -> House.name(file) + ": " + version.getTextContent())
                    .forEach(strays::add);
        }
        assertThat(strays).as("versions outside the parent pom").isEmpty();
    }

    private static Map<String, String> pinned(Path pom) {
        Map<String, String> versions = new TreeMap<>();
        Xml.find(Xml.read(pom), "build/pluginManagement/plugins/plugin")
                .forEach(plugin -> versions.put(Xml.text(plugin, "artifactId"), Xml.text(plugin, "version")));
        return versions;
    }
}

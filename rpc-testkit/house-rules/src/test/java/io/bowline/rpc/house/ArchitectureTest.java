package io.bowline.rpc.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which package may use which, in all modules at once. */
class ArchitectureTest {
    private static final String BASE = "io.bowline.rpc";

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(BASE);

    /** The packages of core between the vocabulary and the two stacks; they do not know one another. */
    private static final List<String> FEATURES = List.of("service", "filter", "balance", "discovery", "transport");

    private static final DescribedPredicate<JavaClass> CORE = resideInAnyPackage(
                    BASE,
                    BASE + ".balance..",
                    BASE + ".client..",
                    BASE + ".discovery..",
                    BASE + ".filter..",
                    BASE + ".observe..",
                    BASE + ".route..",
                    BASE + ".server..",
                    BASE + ".service..",
                    BASE + ".stream..",
                    BASE + ".transport..",
                    BASE + ".wire..")
            .and(not(resideInAnyPackage(BASE + ".transport.netty..")))
            .as("core");

    /** What core may use beside itself. */
    private static final DescribedPredicate<JavaClass> LIBRARIES = resideInAnyPackage(
            "java..",
            "javax.management..",
            "jdk.jfr..",
            "org.slf4j..",
            "org.jspecify..",
            "com.github.benmanes.caffeine..");

    @Test
    void seesTheClassesOfEveryPublishedModule() {
        assertThat(ALL.stream().filter(CORE).count()).isGreaterThan(20);
    }

    @Test
    void noPackagesFormACycle() {
        slices().matching(BASE + ".(**)").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void coreKnowsNoAdapterAndNoLibraryButThree() {
        classes()
                .that(CORE)
                .should()
                .onlyDependOnClassesThat(CORE.or(LIBRARIES))
                .check(ALL);
    }

    @Test
    void theVocabularyKnowsNobody() {
        noClasses()
                .that()
                .resideInAPackage(BASE)
                .should()
                .dependOnClassesThat(resideInAPackage(BASE + ".*.."))
                .check(ALL);
    }

    @Test
    void bytesKnowTheVocabularyOnly() {
        noClasses()
                .that()
                .resideInAPackage(BASE + ".wire..")
                .should()
                .dependOnClassesThat(resideInAPackage(BASE + ".*..").and(not(resideInAPackage(BASE + ".wire.."))))
                .check(ALL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"service", "filter", "balance", "discovery", "transport"})
    void featuresDoNotKnowOneAnother(String feature) {
        String[] others = FEATURES.stream()
                .filter(other -> !other.equals(feature))
                .map(other -> BASE + "." + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that(CORE.and(resideInAPackage(BASE + "." + feature + "..")))
                .should()
                .dependOnClassesThat(resideInAnyPackage(others))
                .check(ALL);
    }

    @Test
    void routingKnowsBalancersAndNoOtherFeature() {
        String[] others = FEATURES.stream()
                .filter(other -> !other.equals("balance"))
                .map(other -> BASE + "." + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(BASE + ".route..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(others))
                .check(ALL);
    }

    @Test
    void noFeatureKnowsOfRouting() {
        noClasses()
                .that()
                .resideInAnyPackage(FEATURES.stream()
                        .map(feature -> BASE + "." + feature + "..")
                        .toArray(String[]::new))
                .should()
                .dependOnClassesThat(resideInAPackage(BASE + ".route.."))
                .check(ALL);
    }

    /** Both stacks make publishers of messages, and messages of publishers, with it. */
    @Test
    void streamsKnowContractsAndTheTransportAndNoOtherFeature() {
        noClasses()
                .that()
                .resideInAPackage(BASE + ".stream..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        BASE + ".balance..", BASE + ".discovery..", BASE + ".filter..", BASE + ".route.."))
                .check(ALL);
        noClasses()
                .that()
                .resideInAnyPackage(FEATURES.stream()
                        .map(other -> BASE + "." + other + "..")
                        .toArray(String[]::new))
                .should()
                .dependOnClassesThat(resideInAPackage(BASE + ".stream.."))
                .check(ALL);
    }

    @Test
    void whatObservesKnowsTheVocabularyAndFilters() {
        noClasses()
                .that()
                .resideInAPackage(BASE + ".observe..")
                .should()
                .dependOnClassesThat(resideInAPackage(BASE + ".*..")
                        .and(not(resideInAnyPackage(BASE + ".observe..", BASE + ".filter.."))))
                .check(ALL);
    }

    @Test
    void nobodyInCoreKnowsWhatObserves() {
        noClasses()
                .that(CORE.and(not(resideInAPackage(BASE + ".observe.."))))
                .should()
                .dependOnClassesThat(resideInAPackage(BASE + ".observe.."))
                .check(ALL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "server"})
    void nobodyInCoreKnowsTheTwoStacks(String stack) {
        String own = BASE + "." + stack + "..";
        noClasses()
                .that(CORE.and(not(resideInAPackage(own))))
                .should()
                .dependOnClassesThat(resideInAPackage(own))
                .allowEmptyShould(true)
                .check(ALL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "transport.netty",
                "serialization.protostuff",
                "serialization.hessian",
                "serialization.json",
                "registry.zookeeper",
                "registry.nacos",
                "rules.yaml",
                "resilience4j",
                "sentinel",
                "micrometer",
                "reactor",
                "testkit"
            })
    void adaptersKnowCoreAndThemselves(String adapter) {
        String own = BASE + "." + adapter + "..";
        noClasses()
                .that()
                .resideInAPackage(own)
                .should()
                .dependOnClassesThat(
                        resideInAPackage(BASE + "..").and(not(CORE)).and(not(resideInAPackage(own))))
                .allowEmptyShould(true)
                .check(ALL);
    }

    @Test
    void theStarterKnowsTheTwoAdaptersThatItWires() {
        noClasses()
                .that()
                .resideInAPackage(BASE + ".spring..")
                .should()
                .dependOnClassesThat(resideInAPackage(BASE + "..")
                        .and(not(CORE))
                        .and(not(resideInAnyPackage(
                                BASE + ".spring..", BASE + ".micrometer..", BASE + ".transport.netty.."))))
                .check(ALL);
    }

    @Test
    void springIsForTheStarterAlone() {
        noClasses()
                .that()
                .resideInAPackage(BASE + "..")
                .and()
                .resideOutsideOfPackage(BASE + ".spring..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .check(ALL);
    }

    @Test
    void nothingReadsByJavaSerialization() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .because("bytes never choose a class")
                .check(ALL);
    }
}

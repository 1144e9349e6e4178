package dev.jeton.cli;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules of the architecture, over the classes of all modules. */
class ArchitectureTest {
    /** Each depends only on those before it. */
    private static final List<String> MODULES =
            List.of("text", "vectors", "torch", "nn", "data", "train", "models", "cli");

    private static final String NATIVE_CORNER = "dev.jeton.torch.internal";

    /** Memory that an arena holds outside of the native corner: files mapped into memory, and memory that tensors view. */
    private static final String HOLD_MEMORY =
            "dev\\.jeton\\.(vectors\\.(MappedFile|Matrix)|nn\\.SafetensorsFile|torch\\.Tensor)(\\$.*)?";

    /** Shows a run's progress where nobody asks for something else. */
    private static final String SHOWS_PROGRESS = "dev.jeton.train.Progress";

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.jeton");
    }

    @Test
    void theListIsThatOfTheBuild() throws IOException {
        List<String> built = Pattern.compile("<module>(\\w+)</module>")
                .matcher(Files.readString(Path.of("../pom.xml")))
                .results()
                .map(module -> module.group(1))
                .filter(module -> !module.equals("bench")) // depends on all, and none on it
                .toList();
        assertThat(MODULES).containsExactlyElementsOf(built);
        assertThat(classes.stream().map(c -> c.getPackageName().split("\\.")[2]).distinct())
                .as("modules with classes here")
                .containsExactlyInAnyOrderElementsOf(MODULES);
    }

    @Test
    void nothingPointsBack() {
        for (int i = 0; i < MODULES.size() - 1; i++) {
            String[] later = MODULES.subList(i + 1, MODULES.size()).stream()
                    .map(module -> "dev.jeton." + module + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("dev.jeton." + MODULES.get(i) + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(later)
                    .check(classes);
        }
    }

    @Test
    void tokenizersAndWordVectorsStandAlone() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.jeton.text..", "dev.jeton.vectors..", "dev.jeton.torch..")
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAnyPackage("dev.jeton..")
                        .and(JavaClass.Predicates.resideOutsideOfPackages(
                                "dev.jeton.text..", "dev.jeton.vectors..", "dev.jeton.torch..")))
                .check(classes);
        noClasses()
                .that()
                .resideInAnyPackage("dev.jeton.text..", "dev.jeton.vectors..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.jeton.torch..")
                .because("a user who only wants a tokenizer gets no native code")
                .check(classes);
    }

    @Test
    void noPackageIsInTwoModules() {
        Map<String, Set<String>> places = classes.stream()
                .collect(Collectors.groupingBy(
                        JavaClass::getPackageName,
                        Collectors.mapping(ArchitectureTest::placeOf, Collectors.toCollection(TreeSet::new))));
        assertThat(places).hasSizeGreaterThanOrEqualTo(MODULES.size());
        assertThat(places)
                .allSatisfy((name, found) -> assertThat(found).as(name).hasSize(1));
        places.forEach((name, found) -> {
            Matcher folder = Pattern.compile(".*/(\\w+)/target/.*")
                    .matcher(found.iterator().next());
            if (folder.matches()) {
                assertThat(name).as("in %s", found).matches("dev\\.jeton\\." + folder.group(1) + "(\\..*)?");
            }
        });
    }

    /** The folder or jar that a class was read from. */
    private static String placeOf(JavaClass type) {
        URI uri = type.getSource().orElseThrow().getUri();
        String file = type.getName().replace('.', '/') + ".class";
        return uri.toString().replace(file, "");
    }

    @Test
    void onlyTheNativeCornerCallsNativeCode() {
        noClasses()
                .that()
                .resideOutsideOfPackage(NATIVE_CORNER)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Linker.class, SymbolLookup.class, FunctionDescriptor.class)
                .check(classes);
        noClasses()
                .that()
                .resideOutsideOfPackage(NATIVE_CORNER)
                .and()
                .haveNameNotMatching(HOLD_MEMORY)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Arena.class)
                .check(classes);
    }

    @Test
    void librariesNeitherPrintNorExit() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.jeton.cli..")
                .and()
                .doNotHaveFullyQualifiedName(SHOWS_PROGRESS)
                .should(ACCESS_STANDARD_STREAMS)
                .check(classes);
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(Jeton.class.getName())
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(classes);
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("dev.jeton.(**)")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(alwaysTrue(), type(UsageException.class)) // thrown by all commands, knows none
                .check(classes);
    }
}

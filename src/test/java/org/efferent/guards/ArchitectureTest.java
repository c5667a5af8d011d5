package org.efferent.guards;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.efferent.core.EfferentException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Guards the floors of the house and the rules that a compiler does not know. */
class ArchitectureTest {
  private static final List<String> SIBLINGS =
      List.of("acquisition", "filters", "decoders", "retrieval", "generation", "viz");

  private static JavaClasses all;

  @BeforeAll
  static void read() {
    all =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.efferent");
  }

  @Test
  void everyModuleWithCodeIsSeen() {
    Set<String> seen =
        all.stream().map(c -> c.getPackageName().split("\\.", -1)[2]).collect(Collectors.toSet());
    assertThat(seen)
        .contains("core", "data", "acquisition", "filters", "viz", "cohort", "cli", "benchmarks");
    assertThat(all.size()).as("classes that the guards saw").isGreaterThan(100);
    System.out.println("ArchUnit saw " + all.size() + " classes in " + seen);
  }

  @Test
  void coreSeesTheJdkAlone() {
    classes()
        .that()
        .resideInAPackage("org.efferent.core..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("org.efferent.core..", "java..")
        .check(all);
  }

  @Test
  void dataSeesOnlyCoreOfTheHouse() {
    noClasses()
        .that()
        .resideInAPackage("org.efferent.data..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages(SIBLINGS, "cohort", "cli", "benchmarks"))
        .check(all);
  }

  @Test
  void siblingsDoNotSeeOneAnotherNorWhatStandsAbove() {
    for (String sibling : SIBLINGS) {
      List<String> others = SIBLINGS.stream().filter(s -> !s.equals(sibling)).toList();
      noClasses()
          .that()
          .resideInAPackage("org.efferent." + sibling + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(packages(others, "cohort", "cli", "benchmarks"))
          .allowEmptyShould(true)
          .check(all);
    }
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.efferent.(*)..").should().beFreeOfCycles().check(all);
  }

  @Test
  void nothingStaticCanChange() {
    fields()
        .that()
        .areStatic()
        .and()
        .doNotHaveModifier(JavaModifier.SYNTHETIC)
        .and()
        .areDeclaredInClassesThat()
        .resideOutsideOfPackage("org.efferent.benchmarks..")
        .should()
        .beFinal()
        .check(all);
  }

  @Test
  void everyErrorOfTheHouseIsOfItsRoot() {
    classes()
        .that()
        .areAssignableTo(RuntimeException.class)
        .and()
        .arePublic()
        .should()
        .beAssignableTo(EfferentException.class)
        .check(all);
  }

  @Test
  void onlyTheCommandTalksToStandardOutputAndEndsTheProcess() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.efferent.cli..", "org.efferent.benchmarks..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .check(all);
  }

  /** What loads slowly and is large stays where it is needed: a decoder decodes without it. */
  @Test
  void onlyTheTrainingOfNetworksTouchesDeeplearning4j() {
    String objective = "org.efferent.filters.NetworkObjective";
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(objective)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.nd4j..", "org.deeplearning4j..")
        .check(all);
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(objective)
        .and()
        .doNotHaveFullyQualifiedName("org.efferent.filters.NetworkTraining")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName(objective)
        .check(all);
  }

  /** Spark comes with one command alone: nothing else may need its jars. */
  @Test
  void onlyOnePackageSeesSpark() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.efferent.cohort.spark..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..")
        .check(all);
    noClasses()
        .that()
        .resideOutsideOfPackages("org.efferent.cohort.spark..", "org.efferent.cohort")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.efferent.cohort.spark..")
        .check(all);
    noClasses()
        .that()
        .resideInAPackage("org.efferent.cohort..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.efferent.cli..", "org.efferent.benchmarks..")
        .check(all);
  }

  private static String[] packages(List<String> names, String... more) {
    return java.util.stream.Stream.concat(names.stream(), java.util.Arrays.stream(more))
        .map(name -> "org.efferent." + name + "..")
        .toArray(String[]::new);
  }
}

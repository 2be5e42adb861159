package io.tocsin.e2e;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What the poms cannot see. */
class ArchitectureTest {

  private static final JavaClasses TOCSIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.tocsin");

  private static final String[] APPS = {"agent", "alerting", "indexer", "notifier", "console"};

  @Test
  void appsMeetOnlyOnTopics() {
    for (String app : APPS) {
      for (String other : APPS) {
        if (!app.equals(other)) {
          noClasses()
              .that()
              .resideInAPackage("io.tocsin." + app + "..")
              .should()
              .dependOnClassesThat()
              .resideInAPackage("io.tocsin." + other + "..")
              .because("an app that calls another cannot be deployed, tested or replaced alone")
              .check(TOCSIN);
        }
      }
    }
  }

  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching("io.tocsin.(**)")
        .should()
        .beFreeOfCycles()
        .because("two packages that need each other are one package in two folders")
        .check(TOCSIN);
  }

  @Test
  void aForeignLibraryStaysInItsOnePackage() {
    stays("com.fazecast..", "io.tocsin.agent.source.serial..");
    stays("org.opensearch.client..", "io.tocsin.indexer..", "io.tocsin.console..");
    stays("org.snakeyaml..", "io.tocsin.bootstrap.config..");
    stays("oshi..", "io.tocsin.agent.source.host..");
    stays("com.google.re2j..", "io.tocsin.agent.transform..");
    stays("com.google.protobuf..", "io.tocsin.agent.source.http.otlp..");
    stays("io.opentelemetry..", "io.tocsin.agent.source.http.otlp..");
    stays("picocli..", "io.tocsin.cli..", "io.tocsin.faults..");
    stays("org.apache.kafka.streams..", "io.tocsin.alerting", "io.tocsin.alerting.topology..");
  }

  @Test
  void theRuleEngineKnowsNoKafka() {
    noClasses()
        .that()
        .resideInAnyPackage("io.tocsin.alerting.rule..", "io.tocsin.alerting.engine..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka..")
        .because("the evaluator that tests a rule on a file must be the one in production")
        .check(TOCSIN);
  }

  @Test
  void timeComesFromAnInjectedClock() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.tocsin.embedded..")
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .because("a test advances a clock it holds; it cannot advance the machine's")
        .check(TOCSIN);
    noClasses()
        .that()
        .resideOutsideOfPackages("io.tocsin.cli..", "io.tocsin.embedded..", "io.tocsin.faults..")
        .should()
        .callMethod(Clock.class, "systemUTC")
        .because("the command line is where the real clock enters")
        .check(TOCSIN);
  }

  @Test
  void onlyTheCommandLinePrintsOrExits() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.tocsin.cli.Main")
        .and()
        .doNotHaveFullyQualifiedName("io.tocsin.cli.AgentMain")
        .and()
        .doNotHaveFullyQualifiedName("io.tocsin.faults.Faults")
        .should()
        .callMethod(System.class, "exit", int.class)
        .because("what exits cannot be embedded")
        .check(TOCSIN);
    noClasses()
        .that(resideInAnyPackage("io.tocsin.."))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace", PrintStream.class)
        .because("commands write to the writer they are given, the rest to the log")
        .check(TOCSIN);
  }

  @Test
  void noTestIsSkipped() {
    methods()
        .should()
        .notBeAnnotatedWith("org.junit.jupiter.api.Disabled")
        .because("a test that is not run proves nothing")
        .check(new ClassFileImporter().importPackages("io.tocsin"));
  }

  private static void stays(String library, String... packages) {
    noClasses()
        .that()
        .resideInAPackage("io.tocsin..")
        .and()
        .resideOutsideOfPackages(packages)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .because("a library that leaks cannot be replaced")
        .check(TOCSIN);
  }
}

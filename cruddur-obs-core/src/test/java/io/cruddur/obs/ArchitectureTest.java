package io.cruddur.obs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.Set;

/** The floors of the house: each knows only the floors below it. */
@AnalyzeClasses(packages = "io.cruddur.obs", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] GROUND = {
        "..obs.delivery..", "..obs.redact..", "..obs.capture..", "..obs.json..", "..obs.http..", "..obs.baggage.."
    };
    private static final String[] SIGNALS = {"..obs.trace..", "..obs.propagation..", "..obs.log..", "..obs.error.."};
    private static final String[] BACK_ENDS = {
        "..obs.xray..", "..obs.cloudwatch..", "..obs.rollbar..", "..obs.otlp..", "..obs.logback..", "..obs.sampling.."
    };
    /** What records what libraries of others do; each knows that library alone. */
    private static final String[] INSTRUMENTATION = {"..obs.jdbc..", "..obs.awssdk..", "..obs.httpclient.."};

    /** What back ends of one maker share: the word of the services, and where the process runs. */
    private static final String SHARED = "..obs.aws..";

    private static final String API = "io.cruddur.obs";
    /** Of the back ends, what the API may speak of: values, with no library behind them. */
    private static final Set<String> VALUES = Set.of(
            "DaemonAddress",
            "CloudWatchSettings",
            "Connection",
            "LogClass",
            "LogEntity",
            "LogGroup",
            "OtlpEnvironment",
            "OtlpSettings",
            "StreamName");

    @ArchTest
    static final ArchRule theGroundFloorKnowsNoSignalNoBackEndAndNotTheApi = noClasses()
            .that()
            .resideInAnyPackage(GROUND)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(join(SIGNALS, BACK_ENDS, new String[] {SHARED, API}));

    @ArchTest
    static final ArchRule signalsKnowNoBackEndAndNotTheApi = noClasses()
            .that()
            .resideInAnyPackage(SIGNALS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(join(BACK_ENDS, new String[] {SHARED, API}));

    @ArchTest
    static final ArchRule backEndsDoNotKnowTheApi = noClasses()
            .that()
            .resideInAnyPackage(BACK_ENDS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(API);

    @ArchTest
    static final ArchRule nothingKnowsInstrumentation = noClasses()
            .that()
            .resideOutsideOfPackages(INSTRUMENTATION)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(INSTRUMENTATION);

    @ArchTest
    static final ArchRule instrumentationKnowsNoBackEnd = noClasses()
            .that()
            .resideInAnyPackage(INSTRUMENTATION)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(join(BACK_ENDS, new String[] {SHARED}));

    @ArchTest
    static final ArchRule backEndsDoNotKnowEachOther = slices().matching(
                    "io.cruddur.obs.(xray|cloudwatch|rollbar|otlp|logback|sampling|jdbc|awssdk|httpclient)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("io.cruddur.obs.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheAssemblyKnowsTheSinks = noClasses()
            .that()
            .resideInAPackage(API)
            .and()
            .haveSimpleNameNotEndingWith("Assembly")
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "are back ends, but for their values",
                    type -> Arrays.stream(new String[] {
                                        ".aws",
                                        ".aws.platform",
                                        ".xray",
                                        ".xray.sdk",
                                        ".cloudwatch",
                                        ".rollbar",
                                        ".otlp",
                                        ".logback",
                                        ".sampling"
                                    })
                                    .anyMatch(end -> type.getPackageName().equals(API + end))
                            && !VALUES.contains(type.getSimpleName())));

    @ArchTest
    static final ArchRule eachSdkIsKnownByItsBackEndAlone = noClasses()
            .that()
            .resideOutsideOfPackages(join(BACK_ENDS, new String[] {SHARED, "..obs.awssdk.."}))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "com.amazonaws..",
                    "software.amazon.awssdk..",
                    "com.rollbar..",
                    "com.google.protobuf..",
                    "io.opentelemetry..",
                    "ch.qos.logback..",
                    "org.apache.logging..");

    @ArchTest
    static final ArchRule noSdkTypeInAPublicSignature = methods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .resideOutsideOfPackages(SHARED, "..obs.awssdk..")
            .should()
            .notHaveRawReturnType(isSdkType())
            .andShould()
            .notHaveRawParameterTypes(DescribedPredicate.describe(
                    "with a type of an SDK", types -> types.stream().anyMatch(isSdkType())));

    @ArchTest
    static final ArchRule everythingBelongsToAFloor = classes()
            .should()
            .resideInAnyPackage(join(GROUND, SIGNALS, BACK_ENDS, INSTRUMENTATION, new String[] {SHARED, API}));

    @ArchTest
    static final ArchRule noJavaxButTheJdksOwn = noClasses()
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("javax..")
                    .and(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("javax.sql..")
                            .or(JavaClass.Predicates.resideInAPackage("javax.net.ssl..")))));

    private static DescribedPredicate<JavaClass> isSdkType() {
        return DescribedPredicate.describe(
                "a type of an SDK",
                type -> type.getPackageName().startsWith("com.amazonaws")
                        || type.getPackageName().startsWith("software.amazon")
                        || type.getPackageName().startsWith("com.google.protobuf")
                        || type.getPackageName().startsWith("io.opentelemetry")
                        || type.getPackageName().startsWith("com.rollbar"));
    }

    private static String[] join(String[]... groups) {
        return Arrays.stream(groups).flatMap(Arrays::stream).toArray(String[]::new);
    }
}

package io.cruddur.obs.spring.docs;

import static io.cruddur.obs.test.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.Obs;
import io.cruddur.obs.spring.Runners;
import io.cruddur.obs.spring.XrayConnectionDetails;
import io.cruddur.obs.test.CapturedSpan;
import io.cruddur.obs.test.ObsExtension;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What these pages show is what is run here, and does what they say. */
class SnippetsTest {
    @RegisterExtension
    final ObsExtension telemetry = ObsExtension.create();

    @ParameterizedTest
    @CsvSource({"spring.md,Activities.java,5", "outbound.md,Outbound.java,3"})
    void eachSnippetIsWhatIsRunHere(String page, String source, int most) throws IOException {
        String compiled = plain(Files.readString(Path.of("src/test/java/io/cruddur/obs/spring/docs", source)));
        List<String> snippets = Page.of("docs/" + page).blocks("java").stream()
                .map(block -> plain(block.text()))
                .toList();
        assertThat(snippets)
                .hasSize(most)
                .allSatisfy(snippet -> assertThat(compiled).contains(snippet));
    }

    private static String plain(String code) {
        return code.replaceAll("\\s+", "");
    }

    @Test
    void theBeansOfThePageDoWhatItSays() {
        Runners.plain()
                .withBean(Obs.class, () -> telemetry.obs())
                .withBean(Activities.class)
                .withPropertyValues("cruddur.obs.mode=aws")
                .run(context -> {
                    Activities activities = context.getBean(Activities.class);
                    telemetry.obs().trace("request").run(() -> {
                        assertThat(activities.search("coffee")).isNotEmpty();
                        assertThat(activities.timeline(new Activities.Query("anna", 2)))
                                .hasSize(2);
                        assertThat(activities.create(7, List.of("public"))).isEqualTo("crud-1");
                        assertThat(activities.both("tea")).hasSize(1);
                        activities.expire();
                    });
                    CapturedSpan request = telemetry.traces().roots().stream()
                            .filter(root -> root.name().equals("request"))
                            .findFirst()
                            .orElseThrow();
                    assertThat(request).hasChildren("search", "timeline", "Activities.create", "search");
                    assertThat(request.children().get(1))
                            .hasAnnotation("user", "anna")
                            .hasAnnotation("pages", 2L)
                            .hasAnnotation("count", 2L);
                    assertThat(request.children().get(2))
                            .hasAnnotation("ttl", 7L)
                            .hasMetadata("options", "[\"public\"]")
                            .hasMetadata("created", "\"crud-1\"");
                    assertThat(telemetry.traces().roots())
                            .extracting(CapturedSpan::name)
                            .contains("expire");
                });
    }

    @Test
    void aDestinationOfOnesOwnIsUsed() {
        Runners.plain()
                .withUserConfiguration(Activities.Destinations.class)
                .withPropertyValues("cruddur.obs.mode=aws", "cruddur.obs.logs.enabled=false")
                .run(context -> assertThat(
                                context.getBean(XrayConnectionDetails.class).getDaemonAddress())
                        .isEqualTo("daemon.internal:2000"));
    }

    @Test
    void whatIsCalledIsTraced() {
        var sent = new ArrayList<HttpRequest>();
        Outbound.inject(telemetry.obs(), sent::add);
        assertThat(sent.get(0).headers().map()).containsKey("X-Amzn-Trace-Id");
        assertThat(Outbound.client(telemetry.obs())).isNotNull();
        assertThat(Outbound.database(new JdbcDataSource())).isNotInstanceOf(JdbcDataSource.class);
        assertThat(telemetry.trace()).hasName("payments");
    }
}

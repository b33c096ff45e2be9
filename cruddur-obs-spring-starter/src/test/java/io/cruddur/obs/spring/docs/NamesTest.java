package io.cruddur.obs.spring.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every property and every variable of the environment that a page names is one that something reads. */
class NamesTest {
    private static final Pattern PROPERTY = Pattern.compile("(?<![\\w./-])cruddur\\.obs(\\.[\\w-]*\\w)+");
    private static final Pattern VARIABLE =
            Pattern.compile("(?<![\\w.])(AWS|OTEL|ROLLBAR|CRUDDUR|ECS|DATABASE)(_[A-Z0-9]+)+(?![\\w])");

    @Test
    void everyPropertyExists() throws IOException {
        KnownNames known = KnownNames.read();
        assertThat(unknown(PROPERTY, known::isProperty)).isEmpty();
        assertThat(known.isProperty("cruddur.obs.no-such")).isFalse();
        assertThat(known.isProperty("cruddur.obs.trace")).isTrue();
    }

    @Test
    void everyVariableIsRead() throws IOException {
        KnownNames known = KnownNames.read();
        assertThat(unknown(VARIABLE, known::isVariable)).isEmpty();
        assertThat(known.isVariable("CRUDDUR_OBS_NO_SUCH")).isFalse();
        assertThat(known.isVariable("CRUDDUR_OBS_LOGS_RETENTIONDAYS")).isTrue();
    }

    private static List<String> unknown(Pattern names, Predicate<String> known) throws IOException {
        List<String> unknown = new ArrayList<>();
        int found = 0;
        for (Page page : Page.all()) {
            for (int i = 0; i < page.lines().size(); i++) {
                List<MatchResult> named =
                        names.matcher(page.lines().get(i)).results().toList();
                found += named.size();
                String place = page.name() + ":" + (i + 1) + ": ";
                named.stream()
                        .map(MatchResult::group)
                        .filter(known.negate())
                        .forEach(name -> unknown.add(place + name));
            }
        }
        assertThat(found).isGreaterThan(30);
        return unknown;
    }
}

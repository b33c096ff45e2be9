package io.cruddur.obs.spring.docs;

import io.cruddur.obs.Obs;
import io.cruddur.obs.TraceAnnotation;
import io.cruddur.obs.TraceMetadata;
import io.cruddur.obs.Traced;
import io.cruddur.obs.spring.XrayConnectionDetails;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Scheduled;

/** The beans of docs/spring.md. */
class Activities {
    private final Obs obs;

    Activities(Obs obs) {
        this.obs = obs;
    }

    record Query(String handle, int pages) {}

    @Traced("search")
    public List<String> search(String term) {
        return List.of(term);
    }

    @Traced(
            value = "timeline",
            annotate = {"user=#query.handle", "pages=#query.pages", "count=#result.size()"})
    public List<String> timeline(Query query) {
        return List.of("first", "second");
    }

    @Traced
    @TraceMetadata("created")
    public String create(@TraceAnnotation("ttl") int days, @TraceMetadata("options") List<String> options) {
        return "crud-1";
    }

    @Scheduled(fixedDelay = 60_000)
    @Traced(value = "expire", newTrace = true)
    public void expire() {}

    public List<String> both(String term) {
        // search(term) from here is a plain call, and no span.
        return obs.trace("search").annotate("term", term).call(() -> search(term));
    }

    @Configuration(proxyBeanMethods = false)
    static class Destinations {
        @Bean
        XrayConnectionDetails xray() {
            return () -> "daemon.internal:2000";
        }
    }
}

package io.cruddur.obs.observations;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.test.CapturedSpan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.artemis.autoconfigure.ArtemisAutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.annotation.Id;
import org.springframework.data.r2dbc.core.R2dbcEntityTemplate;
import org.springframework.data.r2dbc.repository.config.EnableR2dbcRepositories;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.reactive.ReactiveCrudRepository;
import org.springframework.r2dbc.core.DatabaseClient;

/** A repository of Spring Data R2DBC, observed by r2dbc-proxy. */
class R2dbcTest {
    private static ObservedApplication application;

    @BeforeAll
    static void start() {
        application = start("reactive");
    }

    private static ObservedApplication start(String database, String... more) {
        var all = new ArrayList<>(List.of("spring.r2dbc.url=r2dbc:pool:h2:mem:///" + database));
        all.addAll(List.of(more));
        var started = ObservedApplication.start(Shop.class, all.toArray(String[]::new));
        started.bean(DatabaseClient.class)
                .sql("create table \"drink\" (\"ID\" int primary key, \"NAME\" varchar)")
                .then()
                .block(ObservedApplication.SOON);
        return started;
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    private static void order(ObservedApplication from) {
        from.obs().trace("order").run(() -> {
            from.bean(R2dbcEntityTemplate.class).insert(new Drink(1, "coffee")).block(ObservedApplication.SOON);
            assertThat(from.bean(Drinks.class).findById(1).block(ObservedApplication.SOON))
                    .isEqualTo(new Drink(1, "coffee"));
            from.bean(DatabaseClient.class)
                    .sql("select * from \"drink\" where \"NAME\" = 'tea'")
                    .then()
                    .block(ObservedApplication.SOON);
        });
    }

    @Test
    void eachStatementIsOneSpanWithoutItsText() {
        order(application);
        CapturedSpan order = application.tree("order", "order\\(H2, H2, H2\\)");
        assertThat(order.children()).allSatisfy(span -> {
            assertThat(span.document().path("namespace").asString()).isEqualTo("remote");
            assertThat(span.document().at("/sql/database_type").asString()).isEqualTo("H2");
            assertThat(span.annotation("operation")).contains("query");
        });
        assertThat(order.document().toString())
                .doesNotContain("drink")
                .doesNotContain("coffee")
                .doesNotContain("tea");
        application.isInOrder();
    }

    @Test
    void theTextIsSentWhereItIsAskedForButNoValueInIt() {
        try (var open = start("text", "cruddur.obs.jdbc.statements=true")) {
            order(open);
            CapturedSpan order = open.tree("order", "order\\(H2, H2, H2\\)");
            assertThat(order.children())
                    .extracting(
                            span -> span.document().at("/sql/sanitized_query").asString())
                    .satisfiesExactly(
                            insert -> assertThat(insert)
                                    .startsWith("INSERT INTO \"drink\"")
                                    .endsWith("VALUES ($1, $2)"),
                            select -> assertThat(select)
                                    .startsWith("SELECT \"drink\"")
                                    .contains("\"ID\" = $1"),
                            // The value that stands in the text is left out.
                            text -> assertThat(text).isEqualTo("select * from \"drink\" where \"NAME\" = ?"));
            assertThat(order.document().toString()).doesNotContain("coffee").doesNotContain("tea");
            open.isInOrder();
        }
    }

    @Test
    void valuesAreSentWhereTheyAreAskedFor() {
        try (var open = start("open", "management.observations.r2dbc.include-parameter-values=true")) {
            order(open);
            CapturedSpan insert =
                    open.tree("order", "order\\(H2, H2, H2\\)").children().get(0);
            assertThat(insert.annotation("r2dbc_params_0")).contains("(1,coffee)");
            open.isInOrder();
        }
    }

    @Test
    void withoutTheBridgeNoStatementIsASpan() {
        try (var alone = start("untraced", ObservedApplication.WITHOUT_BRIDGE)) {
            order(alone);
            assertThat(alone.tree("order", "order").children()).isEmpty();
        }
    }

    interface Drinks extends ReactiveCrudRepository<Drink, Integer> {}

    @Table("drink")
    record Drink(@Id int id, String name) {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = {ArtemisAutoConfiguration.class, DataSourceAutoConfiguration.class})
    @EnableR2dbcRepositories(considerNestedRepositories = true)
    static class Shop {}
}

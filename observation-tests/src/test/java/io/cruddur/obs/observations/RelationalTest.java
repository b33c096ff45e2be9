package io.cruddur.obs.observations;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.test.CapturedSpan;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.artemis.autoconfigure.ArtemisAutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.batch.autoconfigure.BatchAutoConfiguration;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;

/** A repository of Spring Data JPA over our data source. */
class RelationalTest {

    @Test
    void eachStatementIsOneSpan() {
        try (var application = ObservedApplication.start(
                Shop.class,
                "spring.datasource.generate-unique-name=false",
                "spring.datasource.name=drinks",
                "cruddur.obs.jdbc.statements=true",
                "spring.jpa.hibernate.ddl-auto=create-drop")) {
            var drinks = application.bean(Drinks.class);
            application.obs().trace("order").run(() -> {
                drinks.save(new Drink("coffee"));
                assertThat(drinks.existsById("coffee")).isTrue();
            });
            CapturedSpan order = application.tree("order", "order\\(DRINKS, DRINKS, DRINKS\\)");
            assertThat(order.children())
                    .extracting(span -> span.document()
                            .at("/sql/sanitized_query")
                            .asString()
                            .substring(0, 6))
                    .containsExactly("select", "insert", "select");
            assertThat(order.children())
                    .allSatisfy(span -> assertThat(
                                    span.document().at("/sql/database_type").asString())
                            .isEqualTo("H2"));
            application.isInOrder();
        }
    }

    interface Drinks extends JpaRepository<Drink, String> {}

    @Entity
    static class Drink {
        @Id
        @Nullable String name;

        Drink() {}

        Drink(String name) {
            this.name = name;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = {
                ArtemisAutoConfiguration.class,
                BatchAutoConfiguration.class,
                BatchJdbcAutoConfiguration.class,
                R2dbcAutoConfiguration.class
            })
    @EnableJpaRepositories(considerNestedRepositories = true)
    @EntityScan(basePackageClasses = RelationalTest.class)
    static class Shop {}
}

package io.cruddur.backend.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The server that is named; where none is, a PostgreSQL of our own that is gone with the process. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    @Bean
    @ConditionalOnProperty(name = "spring.datasource.url", havingValue = "embedded")
    EmbeddedPostgres postgres() throws IOException {
        // The context ends it after the last request; a shutdown hook of its own would end it under that request.
        return EmbeddedPostgres.builder().setRegisterShutdownHook(false).start();
    }

    @Bean
    JdbcConnectionDetails database(DataSourceProperties named, ObjectProvider<EmbeddedPostgres> embedded) {
        EmbeddedPostgres postgres = embedded.getIfAvailable();
        return postgres == null
                ? DatabaseAddress.parse(named.determineUrl(), named.getUsername(), named.getPassword())
                : new DatabaseAddress(postgres.getJdbcUrl("postgres", "postgres"), "postgres", null);
    }
}

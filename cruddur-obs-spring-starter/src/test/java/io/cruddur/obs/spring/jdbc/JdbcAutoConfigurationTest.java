package io.cruddur.obs.spring.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.cruddur.obs.Obs;
import io.cruddur.obs.jdbc.JdbcTracing;
import io.cruddur.obs.spring.Runners;
import io.cruddur.obs.test.CapturedSpan;
import io.cruddur.obs.test.ObsExtension;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import net.bytebuddy.ByteBuddy;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** Data sources as applications have them. */
class JdbcAutoConfigurationTest {
    @RegisterExtension
    final ObsExtension telemetry = ObsExtension.create();

    private final ApplicationContextRunner runner = Runners.plain()
            .withBean(Obs.class, () -> telemetry.obs())
            .withConfiguration(AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    TransactionAutoConfiguration.class,
                    JdbcTemplateAutoConfiguration.class))
            .withPropertyValues(
                    "cruddur.obs.mode=aws",
                    "spring.datasource.url=jdbc:h2:mem:starter",
                    "spring.datasource.username=backend");

    private List<CapturedSpan> spansOf(ApplicationContext context) {
        var jdbc = context.getBean(JdbcTemplate.class);
        telemetry.obs().trace("request").run(() -> {
            jdbc.queryForObject("select 1 where 7 = ?", Integer.class, 7);
        });
        return telemetry.trace().children();
    }

    @Test
    void aQueryOfJdbcTemplateIsASpanAndSaysNeitherItsTextNorTheUser() {
        runner.run(context -> {
            assertThat(spansOf(context)).extracting(CapturedSpan::name).containsExactly("STARTER");
            var sql = telemetry.trace().children().get(0).document().path("sql");
            assertThat(sql.path("url").asString()).isEqualTo("jdbc:h2:mem:starter");
            assertThat(sql.path("preparation").asString()).isEqualTo("statement");
            assertThat(sql.has("sanitized_query")).isFalse();
            assertThat(sql.has("user")).isFalse();
        });
    }

    @Test
    void textAndUserAreSentWhenAskedFor() {
        runner.withPropertyValues("cruddur.obs.jdbc.statements=true", "cruddur.obs.jdbc.user=true")
                .run(context -> {
                    var sql = spansOf(context).get(0).document().path("sql");
                    assertThat(sql.path("sanitized_query").asString()).isEqualTo("select ? where ? = ?");
                    assertThat(sql.path("user").asString()).isEqualTo("BACKEND");
                });
    }

    @Test
    void aPoolStaysWhatItIs() {
        runner.run(context -> {
            DataSource pool = context.getBean(DataSource.class);
            assertThat(pool).isInstanceOf(HikariDataSource.class);
            assertThat(pool.isWrapperFor(JdbcDataSource.class)).isFalse();
            assertThat(DataSourceUnwrapper.unwrap(pool, HikariDataSource.class)).isNotNull();
            assertThat(context.getBean(HikariDataSource.class).getMaximumPoolSize())
                    .isPositive();
        });
    }

    @Test
    void aTransactionHasNoSpansBesideItsStatements() {
        runner.run(context -> {
            var jdbc = context.getBean(JdbcTemplate.class);
            var transactions = context.getBean(TransactionTemplate.class);
            telemetry
                    .obs()
                    .trace("request")
                    .run(() -> transactions.executeWithoutResult(status -> {
                        jdbc.execute("create table if not exists cruds (id int)");
                        jdbc.batchUpdate("insert into cruds values (?)", List.of(new Object[] {1}, new Object[] {2}));
                        status.setRollbackOnly();
                    }));
            assertThat(telemetry.trace()).hasToString("request(STARTER, STARTER)");
        });
    }

    @Test
    void switchedOffOrInModeOffEverythingIsLeftAsItIs() {
        for (String off : List.of("cruddur.obs.jdbc.enabled=false", "cruddur.obs.mode=off")) {
            runner.withPropertyValues(off).run(context -> {
                assertThat(AopUtils.isAopProxy(context.getBean(DataSource.class)))
                        .isFalse();
                assertThat(context).doesNotHaveBean(JdbcTracing.class);
            });
        }
    }

    @Test
    void whereDatasourceMicrometerObservesTheSameItBacksOff() {
        // The library's auto-configuration by name, which is all that is asked for.
        ClassLoader withLibrary = new ByteBuddy()
                .subclass(Object.class)
                .name("net.ttddyy.observation.boot.autoconfigure.DataSourceObservationAutoConfiguration")
                .make()
                .load(getClass().getClassLoader())
                .getLoaded()
                .getClassLoader();
        runner.withClassLoader(Objects.requireNonNull(withLibrary))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(JdbcTracing.class));
    }

    @Test
    void anApplicationsOwnTracingIsUsed() {
        JdbcTracing own = JdbcTracing.builder().statements(true).build();
        runner.withBean(JdbcTracing.class, () -> own).run(context -> {
            assertThat(context).getBean(JdbcTracing.class).isSameAs(own);
            assertThat(spansOf(context).get(0).document().path("sql").has("sanitized_query"))
                    .isTrue();
        });
    }

    @Test
    void dataSourcesBeforeOthersMakeOneSpan() {
        runner.withUserConfiguration(Several.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBeansOfType(DataSource.class)).hasSize(3);
            assertThat(spansOf(context)).hasSize(1);
        });
    }

    @Test
    void aFinalClassIsTracedBehindItsInterfaceAndLeftAloneWhereItIsAskedForAsItself() {
        runner.withUserConfiguration(Declared.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean("byClass")).isExactlyInstanceOf(JdbcDataSource.class);
            assertThat(AopUtils.isJdkDynamicProxy(context.getBean("byInterface")))
                    .isTrue();
            assertThat(context.getBean(DataSource.class).unwrap(JdbcDataSource.class))
                    .isInstanceOf(JdbcDataSource.class);
            assertThat(spansOf(context)).hasSize(1);
        });
    }

    @Test
    void whatIsDoneOutsideATraceIsNotTraced() {
        runner.run(context -> {
            try (Connection connection = context.getBean(DataSource.class).getConnection()) {
                assertThat(connection.createStatement().execute("select 1")).isTrue();
            }
            assertThat(telemetry.documents()).isEmpty();
        });
    }

    private static JdbcDataSource h2(String name) {
        var h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:" + name);
        return h2;
    }

    static class Declared {
        @Bean
        @Primary
        DataSource byInterface() {
            return h2("one");
        }

        @Bean
        JdbcDataSource byClass() {
            return h2("two");
        }

        @Bean
        Object needsTheClass(JdbcDataSource dataSource) {
            return dataSource.getURL();
        }
    }

    static class Several {
        @Bean
        DataSource target() {
            return h2("target");
        }

        @Bean
        DataSource routing(@Qualifier("target") DataSource target) {
            var routing = new Routing();
            routing.setTargetDataSources(Map.of("one", target));
            routing.setDefaultTargetDataSource(target);
            return routing;
        }

        @Bean
        @Primary
        DataSource lazy(@Qualifier("routing") DataSource routing) {
            return new LazyConnectionDataSourceProxy(routing);
        }
    }

    static class Routing extends AbstractRoutingDataSource {
        @Override
        protected Object determineCurrentLookupKey() {
            return "one";
        }
    }
}

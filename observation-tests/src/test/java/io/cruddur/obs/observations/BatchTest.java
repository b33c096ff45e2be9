package io.cruddur.obs.observations;

import static io.cruddur.obs.observations.ObservedApplication.LOG;
import static io.cruddur.obs.observations.ObservedApplication.inSpan;
import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.test.CapturedSpan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.boot.artemis.autoconfigure.ArtemisAutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A job of two steps, whose repository is a database. */
class BatchTest {
    private static ObservedApplication application;

    @BeforeAll
    static void start() {
        application = start("jobs");
    }

    private static ObservedApplication start(String database, String... more) {
        var all = new ArrayList<String>();
        Collections.addAll(
                all,
                "spring.batch.job.enabled=false",
                "spring.batch.jdbc.initialize-schema=always",
                "spring.datasource.generate-unique-name=false",
                "spring.datasource.name=" + database);
        Collections.addAll(all, more);
        return ObservedApplication.start(Shop.class, all.toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    private static JobExecution run(ObservedApplication in, String drink) throws Exception {
        return in.bean(JobOperator.class)
                .start(
                        in.bean(Job.class),
                        new JobParametersBuilder().addString("drink", drink).toJobParameters());
    }

    @Test
    void aJobIsATraceWithItsSteps() throws Exception {
        JobExecution execution = run(application, "coffee");
        assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
        CapturedSpan job = job(execution);
        assertThat(job.annotation("spring_batch_job_name")).contains("brew");
        assertThat(job.annotation("spring_batch_job_status")).contains("COMPLETED");
        CapturedSpan grind = step(job, "grind");
        CapturedSpan pour = step(job, "pour");
        assertThat(grind.startTime()).isLessThan(pour.startTime());
        inSpan(application.line("coffee is ground"), grind);
        inSpan(application.line("coffee is poured"), pour);
        // Around it is what Spring observes of the launch.
        assertThat(application.traces().roots())
                .filteredOn(root -> root.traceId().equals(job.traceId()))
                .singleElement()
                .satisfies(
                        root -> assertThat(root.id()).isEqualTo(job.parentId().orElseThrow()));
        application.isInOrder();
    }

    @Test
    void aStepThatThrowsIsAFault() throws Exception {
        JobExecution execution = application.obs().trace("nightly").call(() -> run(application, "decaf"));
        assertThat(execution.getStatus()).isEqualTo(BatchStatus.FAILED);
        CapturedSpan job = job(execution);
        assertThat(step(job, "grind").isFault()).isFalse();
        assertThat(step(job, "pour").isFault()).isTrue();
        assertThat(step(job, "pour").exceptionTypes()).contains("java.lang.IllegalStateException");
        // Spring says it of the step; of the job it says the state.
        assertThat(job.isFault()).isFalse();
        assertThat(job.annotation("spring_batch_job_status")).contains("FAILED");
        assertThat(application.traces().named("nightly"))
                .singleElement()
                .satisfies(nightly -> assertThat(nightly.traceId()).isEqualTo(job.traceId()));
    }

    @Test
    void withoutTheBridgeAJobIsNoTrace() throws Exception {
        try (var alone = start("untraced_jobs", ObservedApplication.WITHOUT_BRIDGE)) {
            assertThat(run(alone, "tea").getStatus()).isEqualTo(BatchStatus.COMPLETED);
            assertThat(alone.traces().spans()).isEmpty();
            assertThat(alone.line("tea is ground").mdc()).doesNotContainKey("traceId");
        }
    }

    private static CapturedSpan job(JobExecution execution) {
        return application.traces().named("spring.batch.job").stream()
                .filter(job -> job.annotation("spring_batch_job_executionId")
                        .equals(Optional.of(String.valueOf(execution.getId()))))
                .findFirst()
                .orElseThrow();
    }

    private static CapturedSpan step(CapturedSpan job, String name) {
        return job.children().stream()
                .filter(child -> child.annotation("spring_batch_step_name").equals(Optional.of(name)))
                .findFirst()
                .orElseThrow();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = {
                ArtemisAutoConfiguration.class,
                DataJpaRepositoriesAutoConfiguration.class,
                HibernateJpaAutoConfiguration.class,
                R2dbcAutoConfiguration.class
            })
    static class Shop {
        @Bean
        Job brew(JobRepository repository, Step grind, Step pour) {
            return new JobBuilder("brew", repository).start(grind).next(pour).build();
        }

        @Bean
        Step grind(JobRepository repository) {
            return step("grind", "ground", repository);
        }

        @Bean
        Step pour(JobRepository repository) {
            return step("pour", "poured", repository);
        }

        private static Step step(String name, String done, JobRepository repository) {
            return new StepBuilder(name, repository)
                    .tasklet((contribution, chunk) -> {
                        Object drink = chunk.getStepContext().getJobParameters().get("drink");
                        LOG.info("{} is {}", drink, done);
                        if ("decaf".equals(drink) && name.equals("pour")) {
                            throw new IllegalStateException("nobody drinks that");
                        }
                        return RepeatStatus.FINISHED;
                    })
                    .build();
        }
    }
}

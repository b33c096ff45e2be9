package io.cruddur.backend;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;

/** The application in local mode in the test's own process: a free port, its PostgreSQL, its console on a free port. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        useMainMethod = SpringBootTest.UseMainMethod.ALWAYS,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=embedded",
            "cruddur.obs.mode=local",
            "cruddur.obs.console.port=0",
            "cruddur.obs.console.token=token-of-the-tests"
        })
@interface LocalBackendTest {}

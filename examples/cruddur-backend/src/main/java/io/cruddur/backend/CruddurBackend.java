package io.cruddur.backend;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The backend of Cruddur, where people say things that expire. */
@SpringBootApplication(proxyBeanMethods = false)
public class CruddurBackend {

    /** Starts it, and runs until the process is told to end. */
    public static void main(String[] args) {
        SpringApplication.run(CruddurBackend.class, args);
    }
}

package io.cruddur.backend;

import io.cruddur.backend.database.Database;
import io.cruddur.backend.dynamodb.DynamoDb;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The backend of Cruddur, where people say things that expire. */
@SpringBootApplication(proxyBeanMethods = false)
public class CruddurBackend {

    /** Starts it; it runs until the process is told to end. */
    public static void main(String[] args) {
        try {
            application().run(args);
        } catch (RuntimeException said) {
            // Spring has said why; DynamoDB Local would leave a thread that keeps the process alive.
            System.exit(1);
        }
    }

    static SpringApplication application() {
        var application = new SpringApplication(CruddurBackend.class);
        application.addInitializers(new Database(), new DynamoDb());
        return application;
    }
}

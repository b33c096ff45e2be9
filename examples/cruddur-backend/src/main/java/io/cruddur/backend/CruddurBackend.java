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
        application().run(args);
    }

    static SpringApplication application() {
        var application = new SpringApplication(CruddurBackend.class);
        application.addInitializers(new Database(), new DynamoDb());
        return application;
    }
}

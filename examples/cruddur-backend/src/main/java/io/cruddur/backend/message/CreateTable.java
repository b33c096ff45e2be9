package io.cruddur.backend.message;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The table of a DynamoDB that is new. */
@Component
@Order(0)
class CreateTable implements ApplicationRunner {
    private final ConversationTable table;

    CreateTable(ConversationTable table) {
        this.table = table;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        table.createIfMissing();
    }
}

package io.cruddur.backend.message;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/** The table of a DynamoDB that is new; there before the first request is. */
@Component
class CreateTable implements SmartInitializingSingleton {
    private final ConversationTable table;

    CreateTable(ConversationTable table) {
        this.table = table;
    }

    @Override
    public void afterSingletonsInstantiated() {
        table.createIfMissing();
    }
}

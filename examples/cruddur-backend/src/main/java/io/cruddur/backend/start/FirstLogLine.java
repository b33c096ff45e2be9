package io.cruddur.backend.start;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/** One line in the log group, to see that logs arrive before anybody has sent a request. */
@Component
class FirstLogLine implements ApplicationRunner {
    private static final Logger LOGGER = LoggerFactory.getLogger(FirstLogLine.class);

    @Override
    public void run(ApplicationArguments arguments) {
        LOGGER.info("This is Cruddur app!!!");
    }
}

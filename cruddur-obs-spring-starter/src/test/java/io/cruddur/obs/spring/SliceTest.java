package io.cruddur.obs.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.Obs;
import io.cruddur.obs.console.Console;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A controller that has spans of its own, tested as Boot tests controllers: with its slice of the application. */
@WebMvcTest
class SliceTest {
    @Autowired
    private MockMvc requests;

    @Autowired
    private ApplicationContext context;

    @Test
    void aControllerMayAskForObsWhichRecordsNothing() throws Exception {
        String body = requests.perform(MockMvcRequestBuilders.get("/hello"))
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(body).isEqualTo("hello, recording: false");
        assertThat(context.getBean(Obs.class).report().sinks()).isEmpty();
        assertThat(context.getBeansOfType(Console.class)).isEmpty();
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(Hello.class)
    static class Application {}

    @RestController
    static class Hello {
        private final Obs obs;

        Hello(Obs obs) {
            this.obs = obs;
        }

        @GetMapping("/hello")
        String hello() {
            return "hello, recording: " + obs.trace("greet").call(span -> span.isRecording());
        }
    }
}

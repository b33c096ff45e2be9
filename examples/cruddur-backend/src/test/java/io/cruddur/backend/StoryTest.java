package io.cruddur.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.backend.support.Client;
import io.cruddur.backend.support.Client.Reply;
import io.cruddur.backend.support.ConsoleReader;
import io.cruddur.backend.support.Story;
import io.cruddur.obs.console.Console;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A whole session, read back from the console: each request a trace, with its SQL and its calls to DynamoDB. */
@LocalBackendTest
class StoryTest {
    private final Client backend;
    private final ConsoleReader console;

    StoryTest(@LocalServerPort int port, @Autowired Console console) {
        this.backend = new Client(port);
        this.console = new ConsoleReader(console.port(), console.token());
    }

    @Test
    void aSessionIsOneReadableStory() {
        Reply signIn = backend.post("/dev/token", "{\"handle\": \"andrewbrown\"}");
        String[] token = {
            "Authorization", "Bearer " + signIn.json().path("access_token").asString()
        };
        Reply crud = backend.post("/api/activities", "{\"message\": \"Once upon a time\", \"ttl\": \"1-day\"}", token);
        String uuid = crud.json().path("uuid").asString();
        Reply reply = backend.post("/api/activities/" + uuid + "/reply", "{\"message\": \"and then?\"}", token);
        Reply begun = backend.post("/api/messages", "{\"message\": \"hello\", \"handle\": \"bayko\"}", token);
        String group = begun.json().path("message_group_uuid").asString();
        Reply sent = backend.post(
                "/api/messages", "{\"message\": \"again\", \"message_group_uuid\": \"" + group + "\"}", token);
        Reply read = backend.get("/api/messages/" + group, token);
        Reply profile = backend.get("/api/activities/@andrewbrown");

        String story = new Story(console)
                .tell(signIn, crud, reply, begun, sent, read, profile)
                .replace(uuid, "{crud}")
                .replace(group, "{group}");

        assertThat(story).isEqualTo("""
                POST /dev/token 200
                  SELECT users
                POST /api/activities 200
                  SELECT users
                  create_activity
                    INSERT activities
                POST /api/activities/{crud}/reply 200
                  SELECT users
                  create_reply
                    SELECT activities
                    INSERT activities
                    UPDATE activities
                POST /api/messages 200
                  SELECT users
                  create_message_group
                    SELECT users
                    DynamoDb TransactWriteItems
                POST /api/messages 200
                  SELECT users
                  create_message
                    DynamoDb Query cruddur-messages
                    DynamoDb GetItem cruddur-messages
                    DynamoDb TransactWriteItems
                GET /api/messages/{group} 200
                  SELECT users
                  messages
                    DynamoDb Query cruddur-messages
                    DynamoDb GetItem cruddur-messages
                    DynamoDb Query cruddur-messages
                GET /api/activities/@andrewbrown 200
                  user_activities
                    SELECT users
                    SELECT activities
                """);
    }
}

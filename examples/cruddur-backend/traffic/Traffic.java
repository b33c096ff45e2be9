import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.Random;

/**
 * Uses the Cruddur backend as people would: reads most of the time, writes, talks, mistypes and now and then hits a bug.
 * One file and no library: {@code java traffic/Traffic.java --help}.
 */
public final class Traffic {
    private static final String HELP = """
            Sends requests to the Cruddur backend as its users would.

              java traffic/Traffic.java [options]

              --url URL        where the backend is         (http://localhost:4567)
              --rate N         requests a second; 0 for as many as it takes      (20)
              --duration S     seconds; 0 for until Ctrl-C                        (0)
              --users N        how many at the same time                         (16)
              --only A,B       only these of the actions below
              --seed N         the same choices again
              --help

            Actions: %s

            It needs the tokens of POST /dev/token, so a backend that runs with CRUDDUR_DEV on; without them it only reads.
            It ends with 1 if an answer was not the one that the contract has for it.
            """;

    private static final List<String> HANDLES = List.of("andrewbrown", "altbrown", "bayko", "londo");
    private static final List<String> TTLS =
            List.of("30-days", "7-days", "3-days", "1-day", "12-hours", "3-hours", "1-hour");
    private static final List<String> WORDS = List.of(
            "cloud", "trace", "segment", "never", "always", "deployed", "on", "Friday", "again", "why", "\uD83E\uDD8A",
            "<b>bold</b>", "'); DROP TABLE activities; --", "who", "paged", "me");

    /** What somebody does, how often, and the status that the contract has for it. */
    private enum Action {
        HOME(40, 200),
        NOTIFICATIONS(8, 200),
        SEARCH(6, 200),
        PERSON(8, 200),
        ACTIVITY(8, 200),
        POST(7, 200),
        REPLY(5, 200),
        GROUPS(3, 200),
        CONVERSATION(2, 200),
        MESSAGE(4, 200),
        READ(3, 200),
        PROFILE(1, 200),
        BLANK(1, 422),
        TOO_LONG(1, 422),
        MALFORMED(1, 400),
        UNKNOWN(1, 404),
        STRANGER(1, 401),
        WARNING(1, 200),
        BOOM(1, 500);

        private final int weight;
        private final int status;

        Action(int weight, int status) {
            this.weight = weight;
            this.status = status;
        }

        boolean needsToken() {
            return switch (this) {
                case POST, REPLY, GROUPS, CONVERSATION, MESSAGE, READ, PROFILE, BLANK, TOO_LONG, MALFORMED -> true;
                default -> false;
            };
        }
    }

    private record Options(String url, int rate, int seconds, int users, List<Action> only, long seed) {
        static Options parse(String[] arguments) {
            Map<String, String> values = new TreeMap<>();
            for (int i = 0; i < arguments.length; i += 2) {
                String name = arguments[i];
                if (!List.of("--url", "--rate", "--duration", "--users", "--only", "--seed").contains(name)) {
                    throw new IllegalArgumentException("There is no option " + name + ".");
                }
                if (i + 1 == arguments.length) {
                    throw new IllegalArgumentException("The option " + name + " wants a value.");
                }
                values.put(name, arguments[i + 1]);
            }
            String url = values.getOrDefault("--url", "http://localhost:4567").replaceAll("/+$", "");
            if (!url.matches("https?://[^/]+.*")) {
                throw new IllegalArgumentException("The --url is such as http://localhost:4567; it was " + url + ".");
            }
            List<Action> only = new ArrayList<>();
            for (String name : values.getOrDefault("--only", "").split(",")) {
                if (!name.isBlank()) {
                    only.add(action(name.strip()));
                }
            }
            return new Options(
                    url,
                    number(values, "--rate", 20, 0, 100_000),
                    number(values, "--duration", 0, 0, 1_000_000),
                    number(values, "--users", 16, 1, 1_000),
                    only.isEmpty() ? List.of(Action.values()) : only,
                    number(values, "--seed", (int) (System.nanoTime() & 0xFFFF), 0, Integer.MAX_VALUE));
        }

        private static Action action(String name) {
            for (Action action : Action.values()) {
                if (nameOf(action).equals(name)) {
                    return action;
                }
            }
            throw new IllegalArgumentException("There is no action " + name + "; there are " + actions() + ".");
        }

        private static int number(Map<String, String> values, String name, int otherwise, int least, int most) {
            String text = values.get(name);
            if (text == null) {
                return otherwise;
            }
            try {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Below.
            }
            throw new IllegalArgumentException(
                    "The option " + name + " is a number from " + least + " to " + most + "; it was " + text + ".");
        }
    }

    private final Options options;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final List<String> activities = new ArrayList<>();
    private final List<String> conversations = new ArrayList<>();
    private final List<Action> choices = new ArrayList<>();

    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicLong next = new AtomicLong();
    private final long start = System.nanoTime();
    private final LongAdder sent = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final Map<Integer, LongAdder> statuses = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> surprises = new ConcurrentHashMap<>();
    private final AtomicLongArray latencies = new AtomicLongArray(1 << 16);
    private final AtomicLong measured = new AtomicLong();

    private Traffic(Options options) {
        this.options = options;
    }

    public static void main(String[] arguments) throws InterruptedException {
        if (Arrays.asList(arguments).contains("--help")) {
            System.out.printf(HELP, actions());
            return;
        }
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + " --help says more.");
            System.exit(2);
            return;
        }
        System.exit(new Traffic(options).run());
    }

    private static String actions() {
        return String.join(", ", Arrays.stream(Action.values()).map(Traffic::nameOf).toList());
    }

    private static String nameOf(Action action) {
        return action.name().toLowerCase().replace('_', '-');
    }

    private int run() throws InterruptedException {
        try {
            signIn();
        } catch (IOException e) {
            System.err.println("Nobody answers at " + options.url() + ". Start the backend, or say --url.");
            return 2;
        }
        for (Action action : options.only()) {
            for (int i = 0; i < action.weight && (!action.needsToken() || !tokens.isEmpty()); i++) {
                choices.add(action);
            }
        }
        if (choices.isEmpty()) {
            System.err.println("These actions need tokens, and the backend gives none: set CRUDDUR_DEV=true there.");
            return 2;
        }
        System.out.printf(
                "%s, %s requests a second, %d users, seed %d%s%n",
                options.url(),
                options.rate() == 0 ? "as many as it takes" : options.rate(),
                options.users(),
                options.seed(),
                tokens.isEmpty() ? "; no tokens there, so reading only" : "");
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            end.countDown();
            try {
                main.join(5_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        List<Thread> users = new ArrayList<>();
        for (int i = 0; i < options.users(); i++) {
            var random = new Random(options.seed() + i);
            var user = new Thread(() -> use(random), "user-" + i);
            user.setDaemon(true);
            user.start();
            users.add(user);
        }
        watch();
        for (Thread user : users) {
            user.join(10_000);
        }
        return summary();
    }

    private void signIn() throws IOException, InterruptedException {
        for (String handle : HANDLES) {
            Reply reply = send("POST", "/dev/token", "{\"handle\": \"" + handle + "\"}", "");
            if (reply.status() == 200) {
                tokens.put(handle, field(reply.body(), "access_token"));
            }
        }
    }

    private void use(Random random) {
        while (end.getCount() > 0 && awaitTurn()) {
            Action action = choices.get(random.nextInt(choices.size()));
            long begin = System.nanoTime();
            try {
                Reply reply = act(action, random);
                latencies.set((int) (measured.getAndIncrement() & 0xFFFF), System.nanoTime() - begin);
                sent.increment();
                statuses.computeIfAbsent(reply.status(), status -> new LongAdder()).increment();
                if (reply.status() != action.status) {
                    surprise(nameOf(action) + " answered " + reply.status() + " and not " + action.status);
                }
            } catch (IOException e) {
                failed.increment();
                surprise(nameOf(action) + ": " + e);
                pause(100);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void surprise(String what) {
        surprises.computeIfAbsent(what, first -> new LongAdder()).increment();
    }

    /** Takes the next place in the row, and waits for its time. */
    private boolean awaitTurn() {
        if (options.rate() == 0) {
            return true;
        }
        long turn = start + next.getAndIncrement() * TimeUnit.SECONDS.toNanos(1) / options.rate();
        for (long wait = turn - System.nanoTime(); wait > 0; wait = turn - System.nanoTime()) {
            if (!pause(Math.min(200, wait / 1_000_000 + 1))) {
                return false;
            }
        }
        return true;
    }

    /** False if the end came. */
    private boolean pause(long millis) {
        try {
            return !end.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Reply act(Action action, Random random) throws IOException, InterruptedException {
        String handle = any(HANDLES, random);
        String token = tokens.getOrDefault(handle, "");
        return switch (action) {
            case HOME -> get("/api/activities/home", random.nextBoolean() ? token : "");
            case NOTIFICATIONS -> get("/api/activities/notifications", "");
            case SEARCH -> get("/api/activities/search?term=" + encoded(any(WORDS, random)), "");
            case PERSON -> get("/api/activities/@" + handle, "");
            case ACTIVITY -> get(activityPath(random), "");
            case POST -> remember(activities, "uuid", post("/api/activities", crud(random, 6), token));
            case REPLY -> post(
                    activityPath(random) + (known(activities) ? "/reply" : ""),
                    "{\"message\": \"" + text(random, 4) + "\"}",
                    token);
            case GROUPS -> get("/api/message_groups", token);
            case CONVERSATION -> begin(random);
            case MESSAGE -> inConversation(random, true);
            case READ -> inConversation(random, false);
            case PROFILE -> post(
                    "/api/profile/update",
                    "{\"display_name\": \"" + nameOf(handle) + "\", \"bio\": \"" + text(random, 8) + "\"}",
                    token);
            case BLANK -> post("/api/activities", "{\"message\": \" \", \"ttl\": \"1-day\"}", token);
            case TOO_LONG -> post(
                    "/api/activities", "{\"message\": \"" + "long ".repeat(60) + "\", \"ttl\": \"1-day\"}", token);
            case MALFORMED -> post("/api/activities", "{\"message\": ", token);
            case UNKNOWN -> get("/api/activities/00000000-0000-4000-8000-00000000" + (1_000 + random.nextInt(9_000)), "");
            case STRANGER -> get("/api/message_groups", "not.a.token");
            case WARNING -> get("/rollbar/test", "");
            case BOOM -> get("/dev/boom", "");
        };
    }

    /** The path of an activity that is there; of the feed while none has been seen. */
    private String activityPath(Random random) throws IOException, InterruptedException {
        String uuid = pick(activities, random);
        if (uuid.isEmpty()) {
            Matcher seen = Pattern.compile("\"uuid\":\"([^\"]+)\"").matcher(get("/api/activities/home", "").body());
            while (seen.find()) {
                remember(activities, seen.group(1));
            }
            uuid = pick(activities, random);
        }
        return uuid.isEmpty() ? "/api/activities/home" : "/api/activities/" + uuid;
    }

    private Reply begin(Random random) throws IOException, InterruptedException {
        String from = any(HANDLES, random);
        String to = HANDLES.get((HANDLES.indexOf(from) + 1) % HANDLES.size());
        Reply reply = post(
                "/api/messages",
                "{\"message\": \"" + text(random, 5) + "\", \"handle\": \"" + to + "\"}",
                tokens.getOrDefault(from, ""));
        if (reply.status() == 200) {
            remember(conversations, from + " " + field(reply.body(), "message_group_uuid"));
        }
        return reply;
    }

    private Reply inConversation(Random random, boolean write) throws IOException, InterruptedException {
        String known = pick(conversations, random);
        if (known.isEmpty()) {
            return begin(random);
        }
        String token = tokens.getOrDefault(known.substring(0, known.indexOf(' ')), "");
        String group = known.substring(known.indexOf(' ') + 1);
        return write
                ? post(
                        "/api/messages",
                        "{\"message\": \"" + text(random, 5) + "\", \"message_group_uuid\": \"" + group + "\"}",
                        token)
                : get("/api/messages/" + group, token);
    }

    private static String crud(Random random, int words) {
        return "{\"message\": \"" + text(random, words) + "\", \"ttl\": \"" + any(TTLS, random) + "\"}";
    }

    private static String text(Random random, int words) {
        var text = new StringBuilder(any(WORDS, random));
        for (int i = 1; i < words; i++) {
            text.append(' ').append(any(WORDS, random));
        }
        return text.toString();
    }

    private static String nameOf(String handle) {
        return switch (handle) {
            case "andrewbrown" -> "Andrew Brown";
            case "altbrown" -> "Alt Brown";
            case "bayko" -> "Andrew Bayko";
            default -> "Londo Mollari";
        };
    }

    private static <T> T any(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    private Reply remember(List<String> list, String field, Reply reply) {
        if (reply.status() == 200) {
            remember(list, field(reply.body(), field));
        }
        return reply;
    }

    private static void remember(List<String> list, String value) {
        synchronized (list) {
            if (list.size() < 1_000) {
                list.add(value);
            }
        }
    }

    private static boolean known(List<String> list) {
        synchronized (list) {
            return !list.isEmpty();
        }
    }

    private static String pick(List<String> list, Random random) {
        synchronized (list) {
            return list.isEmpty() ? "" : any(list, random);
        }
    }

    private record Reply(int status, String body) {}

    private Reply get(String path, String token) throws IOException, InterruptedException {
        return send("GET", path, "", token);
    }

    private Reply post(String path, String json, String token) throws IOException, InterruptedException {
        return send("POST", path, json, token);
    }

    private Reply send(String method, String path, String json, String token) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(options.url() + path))
                .timeout(Duration.ofSeconds(10))
                .header("User-Agent", "cruddur-traffic")
                .method(
                        method,
                        json.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(json));
        if (!json.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Reply(response.statusCode(), response.body());
    }

    private static String field(String json, String name) {
        Matcher field = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(json);
        return field.find() ? field.group(1) : "";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void watch() throws InterruptedException {
        long before = 0;
        for (int second = 1; options.seconds() == 0 || second <= options.seconds(); second++) {
            if (end.await(1, TimeUnit.SECONDS)) {
                break;
            }
            long now = sent.sum();
            System.out.printf("%4d s  %6d/s  %s%n", second, now - before, state());
            before = now;
        }
        end.countDown();
    }

    private String state() {
        var all = new StringBuilder();
        new TreeMap<>(statuses).forEach((status, count) -> all.append(status).append(' ').append(count).append("  "));
        long[] recent = new long[(int) Math.min(measured.get(), 1 << 16)];
        for (int i = 0; i < recent.length; i++) {
            recent[i] = latencies.get(i);
        }
        Arrays.sort(recent);
        if (recent.length > 0) {
            all.append("median ").append(millis(recent[recent.length / 2]));
            all.append("  99% ").append(millis(recent[(int) (recent.length * 0.99)]));
        }
        return all.append(failed.sum() == 0 ? "" : "  no answer " + failed.sum()).toString();
    }

    private static String millis(long nanos) {
        return String.format("%.1f ms", nanos / 1_000_000.0);
    }

    private int summary() {
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("%d requests in %.1f s, %.0f/s  %s%n", sent.sum(), seconds, sent.sum() / seconds, state());
        new TreeMap<>(surprises).forEach((what, count) -> System.out.println("  not as expected: " + what + ", " + count + " times"));
        return surprises.isEmpty() ? 0 : 1;
    }
}

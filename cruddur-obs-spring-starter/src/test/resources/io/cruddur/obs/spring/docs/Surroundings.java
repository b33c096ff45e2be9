package surroundings;

import io.cruddur.obs.Obs;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** What the snippets of the pages take for granted. It is compiled with them and never run. */
public final class Surroundings {
    public static Obs obs;
    public static String id;
    public static String order;
    public static String term;
    public static User user;
    public static Activity activity;
    public static RuntimeException problem;
    public static ServletContext context;
    public static HttpServletRequest request;
    public static URI uri;
    public static HttpClient client;
    public static DataSource dataSource;
    public static Index index;
    public static Message message;

    public static Consumer<HttpRequest> sender;

    public record Activity(String uuid) {}

    public record User(String id, String name) {}

    public interface App {}

    public interface HomeActivities {}

    public record Hit() {}

    public record Query(String handle, int pages) {}

    public interface Index {
        List<Hit> find(String term);
    }

    public record Message(Map<String, String> headers) {}

    public record SearchService(Obs obs) {
        public void search(String term) {}
    }

    public static <T> List<T> find(String user) {
        return List.of();
    }

    public static List<String> search(String term) {
        return List.of();
    }

    public static void work(Object... with) {}
}

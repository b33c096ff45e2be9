package io.cruddur.backend.support;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Requests as the console has them: a line a span, indented by what it is within, in the order of their beginnings. */
public final class Story {
    private static final Pattern STATEMENT = Pattern.compile("(?is).*?\\b(SELECT|INSERT|UPDATE|DELETE)\\b.*");
    private static final Pattern TABLE = Pattern.compile("(?is)\\b(?:FROM|INTO|UPDATE)\\s+(\\w+)");

    private final ConsoleReader console;

    public Story(ConsoleReader console) {
        this.console = console;
    }

    public String tell(Client.Reply... replies) {
        var story = new StringBuilder();
        for (Client.Reply reply : replies) {
            JsonNode trace = console.trace(reply.traceId());
            tell(trace, Spans.segment(trace), "", story);
        }
        return story.toString();
    }

    private static void tell(JsonNode trace, JsonNode span, String indent, StringBuilder story) {
        story.append(indent).append(line(span)).append('\n');
        childrenOf(span, trace).forEach(child -> tell(trace, child, indent + "  ", story));
    }

    private static List<JsonNode> childrenOf(JsonNode span, JsonNode trace) {
        return StreamSupport.stream(trace.path("spans").spliterator(), false)
                .filter(child -> child.path("parentId").equals(span.path("id")))
                .sorted(Comparator.comparing(child -> child.path("startTime").asString()))
                .toList();
    }

    private static String line(JsonNode span) {
        if (span.path("sql").isObject()) {
            String statement = span.at("/sql/sanitized_query").asString();
            Matcher verb = STATEMENT.matcher(statement);
            Matcher table = TABLE.matcher(statement);
            return (verb.matches() ? verb.group(1) : "?") + " " + (table.find() ? table.group(1) : "?");
        }
        if (span.path("aws").has("operation")) {
            String call = span.path("name").asString() + " "
                    + span.at("/aws/operation").asString();
            return (call + " " + span.at("/aws/table_name").asString("")).strip();
        }
        if (span.path("kind").asString().equals("segment")) {
            String url = span.at("/http/request/url").asString();
            return span.at("/http/request/method").asString() + " " + url.replaceFirst("https?://[^/]+", "") + " "
                    + span.at("/http/response/status").asInt();
        }
        return span.path("name").asString();
    }
}

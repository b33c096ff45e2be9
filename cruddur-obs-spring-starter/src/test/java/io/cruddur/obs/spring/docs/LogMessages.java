package io.cruddur.obs.spring.docs;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** What the published code says about itself in the log, as its source has it. */
final class LogMessages {
    /** Stands for what is only known when it is said. */
    static final String VARIES = "…";

    private static final Set<String> LEVELS = Set.of("info", "warn", "error");
    /** Statuses of Logback's own, by which an appender speaks. */
    private static final Map<String, String> STATUSES =
            Map.of("addInfo", "info", "addWarn", "warn", "addError", "error");

    private LogMessages() {}

    /**
     * One call of a logger.
     *
     * @param source the file's name
     * @param level INFO, WARN or ERROR
     * @param words the message, with {@link #VARIES} for what the source does not say
     */
    record Message(String source, String level, String words) {
        boolean hasWords() {
            return words.chars().anyMatch(Character::isLetter);
        }
    }

    static List<Message> inTheSource() throws IOException {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "a JDK");
        List<Path> sources = SourceText.published().stream()
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
        List<Message> found = new ArrayList<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            for (CompilationUnitTree unit : task.parse()) {
                new Calls(Path.of(unit.getSourceFile().toUri()).getFileName().toString(), found).scan(unit, null);
            }
        }
        return found;
    }

    private static final class Calls extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final String source;
        private final List<Message> found;

        Calls(String source, List<Message> found) {
            this.source = source;
            this.found = found;
        }

        @Override
        public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void unused) {
            String level = level(call.getMethodSelect());
            if (level != null && !call.getArguments().isEmpty()) {
                found.add(new Message(source, level, words(call.getArguments().get(0))));
            }
            return super.visitMethodInvocation(call, unused);
        }

        private static @Nullable String level(ExpressionTree method) {
            String level = null;
            if (method instanceof MemberSelectTree member) {
                String name = member.getIdentifier().toString();
                String receiver = member.getExpression().toString();
                if (LEVELS.contains(name) && receiver.matches("(?i)\\w*log(ger)?")) {
                    level = name;
                } else if (name.equals("log") && receiver.matches("(?s)(?i)\\w*log(ger)?\\.at(info|warn|error)\\(.*")) {
                    level = receiver.replaceFirst("(?s).*?\\.at(\\w+)\\(.*", "$1");
                }
            } else if (method instanceof IdentifierTree name) {
                level = STATUSES.get(name.getName().toString());
            }
            return level == null ? null : level.toUpperCase(Locale.ROOT);
        }

        private static String words(ExpressionTree message) {
            return join(message).replaceAll(VARIES + "+", VARIES);
        }

        private static String join(ExpressionTree part) {
            if (part instanceof LiteralTree literal && literal.getValue() instanceof String text) {
                return text.replace("{}", VARIES);
            }
            if (part instanceof ParenthesizedTree inner) {
                return join(inner.getExpression());
            }
            if (part instanceof BinaryTree both) {
                return join(both.getLeftOperand()) + join(both.getRightOperand());
            }
            return VARIES;
        }
    }
}

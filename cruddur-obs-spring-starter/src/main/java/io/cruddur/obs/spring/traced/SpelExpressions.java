package io.cruddur.obs.spring.traced;

import io.cruddur.obs.TracedExpression;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.NativeDetector;
import org.springframework.expression.Expression;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.SpelCompilerMode;
import org.springframework.expression.spel.SpelParserConfiguration;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.SimpleEvaluationContext;

/**
 * Expressions in Spring's language, for what a path cannot say: parameters by name and place, the result, properties,
 * methods of objects and operators; no types, constructors or beans. Each is parsed once.
 */
final class SpelExpressions implements TracedExpression.Compiler {
    private final DefaultParameterNameDiscoverer names = new DefaultParameterNameDiscoverer();

    @Override
    public TracedExpression compile(Method method, String text) {
        var loader = method.getDeclaringClass().getClassLoader();
        // A native image cannot define classes, which is what compiled expressions become.
        var mode = NativeDetector.inNativeImage() ? SpelCompilerMode.OFF : SpelCompilerMode.MIXED;
        var parser = new SpelExpressionParser(new SpelParserConfiguration(mode, loader));
        try {
            Expression expression = parser.parseExpression(text);
            @Nullable String[] parameters = names.getParameterNames(method);
            return (arguments, result) -> expression.getValue(context(parameters, arguments, result));
        } catch (ParseException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static SimpleEvaluationContext context(
            @Nullable String @Nullable [] names, @Nullable Object[] arguments, @Nullable Object result) {
        SimpleEvaluationContext context = SimpleEvaluationContext.forReadOnlyDataBinding()
                .withInstanceMethods()
                .build();
        for (int i = 0; i < arguments.length; i++) {
            context.setVariable("a" + i, arguments[i]);
            if (names != null && names[i] != null) {
                context.setVariable(names[i], arguments[i]);
            }
        }
        context.setVariable("result", result);
        return context;
    }
}

package io.cruddur.obs.spring.check;

import io.cruddur.obs.spring.ActiveMode;
import io.cruddur.obs.spring.Mode;
import io.cruddur.obs.spring.ObsProperties;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Looks for properties under our prefix that do not exist. In local mode and in tests they end the start; elsewhere they
 * are an ERROR line, since a deployment that was rolled back, and is given the properties of its successor, must start.
 */
final class UnknownPropertyCheck implements BeanFactoryPostProcessor {
    private static final Logger LOG = LoggerFactory.getLogger(UnknownPropertyCheck.class);
    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("cruddur.obs");
    private static final String VARIABLE_PREFIX = "CRUDDUR_OBS_";
    /** Set by Spring Boot Test in each context that it starts. */
    private static final String TEST = "org.springframework.boot.test.context.SpringBootTestContextBootstrapper";

    /** As Spring names the parameters of a servlet's context, among which is one that the servlet module alone reads. */
    private static final String CONTEXT_PARAMETERS = "servletContextInitParams";

    private static final ConfigurationPropertyName CONTEXT_PARAMETER =
            ConfigurationPropertyName.of("cruddur.obs.servlet.auto");

    private final Environment environment;
    private final KnownProperties known = new KnownProperties(PREFIX, ObsProperties.class);

    UnknownPropertyCheck(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        List<UnknownProperty> unknown = find();
        if (unknown.isEmpty()) {
            return;
        }
        var failure = new UnknownPropertiesException(unknown);
        boolean local = ActiveMode.of(environment, beanFactory.getBeanClassLoader()) == Mode.LOCAL;
        if (local || environment.containsProperty(TEST)) {
            throw failure;
        }
        LOG.error("{}", failure.getMessage());
    }

    private List<UnknownProperty> find() {
        Map<String, UnknownProperty> found = new LinkedHashMap<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            for (UnknownProperty property : find(source)) {
                found.putIfAbsent(property.name(), property);
            }
        }
        return List.copyOf(found.values());
    }

    private List<UnknownProperty> find(ConfigurationPropertySource source) {
        if (source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource variables) {
            return findVariables(variables);
        }
        List<UnknownProperty> found = new ArrayList<>();
        if (source instanceof IterableConfigurationPropertySource names) {
            for (ConfigurationPropertyName name : names) {
                if (PREFIX.isAncestorOf(name) && !known.contains(name) && !isReadElsewhere(name, source)) {
                    ConfigurationProperty property = source.getConfigurationProperty(name);
                    found.add(unknown(name.toString(), property == null ? null : property.getOrigin()));
                }
            }
        }
        return found;
    }

    private static boolean isReadElsewhere(ConfigurationPropertyName name, ConfigurationPropertySource source) {
        return name.equals(CONTEXT_PARAMETER)
                && source.getUnderlyingSource() instanceof PropertySource<?> underlying
                && underlying.getName().equals(CONTEXT_PARAMETERS);
    }

    private List<UnknownProperty> findVariables(SystemEnvironmentPropertySource variables) {
        List<UnknownProperty> found = new ArrayList<>();
        for (String name : variables.getPropertyNames()) {
            if (name.toUpperCase(Locale.ROOT).startsWith(VARIABLE_PREFIX) && !known.containsVariable(name)) {
                found.add(unknown(name, null));
            }
        }
        return found;
    }

    private UnknownProperty unknown(String name, @Nullable Origin origin) {
        return new UnknownProperty(name, origin, known.nearest(name));
    }
}
